// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <string>

#include <sys/types.h>

namespace umb {

struct KernelModule;

/// One thing in an initramfs. Content comes from one of three places: `text`, a file of this machine, a kernel module.
struct GuestEntry {
  mode_t mode = 0;         ///< kind and permissions, as in stat
  std::string text;        ///< of a file, or the target of a symbolic link
  std::string source;      ///< a file of this machine
  int64_t size_bytes = 0;  ///< of `source`
  std::string digest;      ///< ContentHash of `source`, or of the module's file
  const KernelModule* module = nullptr;
  unsigned device_major = 0, device_minor = 0;
  bool operator==(const GuestEntry&) const = default;
};

/// What will be in the guest's root: path (without a slash at its ends) to entry, so that each folder stands before
/// what is in it. /bin, /sbin and the folders of libraries are links into /usr: what is put into one is found by both
/// paths, however this machine has it.
class GuestTree {
 public:
  GuestTree();
  /// Makes the folders on the way. kUsage when `path` isn't absolute, leaves the root, or has another thing already.
  [[nodiscard]] Result<void> add(const std::string& path, GuestEntry entry);
  [[nodiscard]] Result<void> add_folder(const std::string& path, mode_t permissions = 0755);
  /// `target` is absolute. Nothing is made where both are one path in the guest: /bin/sh and /usr/bin/sh.
  [[nodiscard]] Result<void> add_link(const std::string& path, const std::string& target);
  /// A program or library of this machine, mode 0755 in the guest whatever it is here.
  [[nodiscard]] Result<void> add_program_file(const std::string& path, const std::string& source);
  [[nodiscard]] const std::map<std::string, GuestEntry>& entries() const { return entries_; }

 private:
  std::map<std::string, GuestEntry> entries_;
};

}  // namespace umb
