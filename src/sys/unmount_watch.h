// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstdint>
#include <string>

namespace umb {

/// Tells by inotify that a super block has begun to shut down (IN_UNMOUNT). The kernel sends it before ->put_super()
/// and before a block device is given back: it says "free" only of tmpfs and ramfs, never of a file system on a device.
/// The watch pins nothing, but it makes the umount itself slower by half, so a watched sample is never counted. One
/// inotify descriptor for the whole process: closing one afterwards waits for SRCU.
class UnmountWatch {
 public:
  [[nodiscard]] static Result<UnmountWatch> open();
  /// Watch the file system mounted at `path`.
  [[nodiscard]] Result<void> add(const std::string& path);
  /// Whether the event has come; never waits. Afterwards the watch is gone.
  [[nodiscard]] bool seen();

 private:
  explicit UnmountWatch(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
  int watch_ = -1;
};

}  // namespace umb
