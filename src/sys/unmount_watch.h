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
  /// Watch the file system mounted at `path`, and no more those that were watched before.
  [[nodiscard]] Result<void> add(const std::string& path);
  /// Watch one more, beside what add() and others of these watch; up to 5000 fit into inotify's default queue.
  [[nodiscard]] Result<void> add_another(const std::string& path);
  /// What a copy of this object in a child process has been told to watch, for the same inotify descriptor: the child
  /// hands awaited() over, and the parent waits for it by await().
  struct Awaited {
    int first = 0;
    int64_t count = 0;
  };
  [[nodiscard]] Awaited awaited() const { return awaited_; }
  void await(const Awaited& awaited) { awaited_ = awaited; }
  /// Whether the event has come of all that are watched; never waits.
  [[nodiscard]] bool seen();

 private:
  explicit UnmountWatch(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
  /// Of how many the event has not come yet. Inotify counts its watches upwards: what is below the first one belongs to
  /// an earlier add().
  Awaited awaited_;
};

}  // namespace umb
