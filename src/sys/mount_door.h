// SPDX-License-Identifier: Apache-2.0
// The door to mount(2) and umount2(2). Everything that is measured goes through it, so that a test can put a recording
// fake in its place.
#pragma once

#include "base/result.h"

#include <string>

#include <sys/mount.h>  // the MS_ and MNT_ flags come with this door

namespace umb {

struct MountRequest {
  std::string source;  ///< device or name shown in the mount table; the folder for a bind
  std::string target;
  std::string type;         ///< file system; empty for a bind
  unsigned long flags = 0;  ///< MS_*
  std::string data;         ///< options of the file system
};

class MountDoor {
 public:
  virtual ~MountDoor() = default;
  /// Needs CAP_SYS_ADMIN in the owner of the mount namespace.
  [[nodiscard]] virtual Result<void> mount(const MountRequest& request) = 0;
  /// umount2(2) and nothing else: 0, or the errno. This is what the stopwatch stands around.
  [[nodiscard]] virtual int umount(const char* target, int flags) = 0;
};

/// The kernel itself.
class KernelMountDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override;
  int umount(const char* target, int flags) override;
};

}  // namespace umb
