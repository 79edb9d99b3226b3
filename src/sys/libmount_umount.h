// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"

struct libmnt_context;

namespace umb {

/// One umount by libmount's mnt_context, as systemd or a file manager does it: it reads the mount table first. prepare()
/// and drop() lie outside the stopwatch, execute() inside. Reused from sample to sample; not to be copied.
class LibmountUmount {
 public:
  LibmountUmount() = default;
  LibmountUmount(const LibmountUmount&) = delete;
  LibmountUmount& operator=(const LibmountUmount&) = delete;
  ~LibmountUmount() { drop(); }

  [[nodiscard]] Result<void> prepare(const std::string& target, bool lazy);
  /// 0, or the errno of the system call (or of libmount's own trouble, EIO when it names none).
  [[nodiscard]] int execute();
  void drop();

 private:
  ::libmnt_context* context_ = nullptr;
};

/// The version of the library at run time: "2.38.1".
[[nodiscard]] std::string libmount_version();

}  // namespace umb
