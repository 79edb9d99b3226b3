// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <functional>
#include <string>

namespace umb {

/// A loop device over an image file, always with autoclear: the kernel detaches it when its last opener is gone, also
/// after SIGKILL. Needs root and /dev/loop-control. Attaching uses LOOP_CONFIGURE (Linux 5.8 and later).
class LoopDevice {
 public:
  /// Attaches and keeps a plain O_RDONLY descriptor open, so that a umount does not detach the device (a writable one
  /// would make mount fail where CONFIG_BLK_DEV_WRITE_MOUNTED is off).
  [[nodiscard]] static Result<LoopDevice> attach(const std::string& image);

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Our descriptor goes: with nothing else open the device detaches now, otherwise with its last opener.
  void close_ours() { fd_.reset(); }
  [[nodiscard]] bool is_open() const { return fd_.valid(); }

 private:
  LoopDevice(std::string path, UniqueFd fd) : path_(std::move(path)), fd_(std::move(fd)) {}
  std::string path_;
  UniqueFd fd_;
};

/// Attaches a loop device *without* autoclear and keeps no descriptor of it: it stays, also after SIGKILL, until
/// somebody detaches it (loop_detach.h). `before` is told of each device that is tried, before it is attached. Returns
/// its path. Needs root and /dev/loop-control.
[[nodiscard]] Result<std::string> attach_without_autoclear(
    const std::string& image, const std::function<Result<void>(const std::string& device)>& before);

/// Whether nobody holds the block device: an open with O_EXCL succeeds (the descriptor is closed at once). This, and
/// not LOOP_CLR_FD, tells that a file system has let go: LOOP_CLR_FD returns 0 on a busy device.
[[nodiscard]] bool opens_exclusively(const std::string& device);

/// Whether the loop device is attached to anything.
[[nodiscard]] bool loop_attached(const std::string& device);

}  // namespace umb
