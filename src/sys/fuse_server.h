// SPDX-License-Identifier: Apache-2.0
// A FUSE server of a few lines that speaks the kernel's protocol itself, and can leave a request unanswered.
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"
#include "sys/fuse_control.h"
#include "sys/mount_door.h"

#include <cstdint>
#include <functional>
#include <string>

namespace umb {

enum class FuseSilence {
  kDestroy,  ///< never answers FUSE_DESTROY, with which a fuseblk mount waits for its server at its end
  kOpen,     ///< never answers FUSE_OPEN
};

/// The one file in it, empty.
inline constexpr const char* kFuseFileName = "file";

/// A new descriptor of /dev/fuse (close-on-exec): the connection lives as long as somebody has it.
[[nodiscard]] Result<UniqueFd> open_fuse();
/// For a mount by the process that has `fuse`: type fuseblk on `device`, or fuse where that is "".
[[nodiscard]] MountRequest fuse_mount(int fuse, const std::string& device, const std::string& target);

/// Serves one mount of a folder with one file.
class FuseServer {
 public:
  /// `fuse` stays the caller's. `silent` is called when the request that is never answered has come.
  FuseServer(int fuse, FuseSilence silence, FuseMark mark, std::function<void()> silent)
      : fuse_(fuse), silence_(silence), mark_(mark), silent_(std::move(silent)) {}

  /// One request, which must be there. False when the connection is at its end.
  [[nodiscard]] bool serve_one();
  /// FUSE_INIT was answered: from now on the connection has the mark.
  [[nodiscard]] bool greeted() const { return greeted_; }

 private:
  int fuse_;
  FuseSilence silence_;
  FuseMark mark_;
  std::function<void()> silent_;
  bool greeted_ = false;
};

}  // namespace umb
