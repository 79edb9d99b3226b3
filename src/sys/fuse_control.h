// SPDX-License-Identifier: Apache-2.0
// FUSE connections as the kernel lists them (fusectl), which has to be mounted nowhere for this. Needs root, and Linux
// 5.2 for fsopen(2).
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstdint>

#include <sys/types.h>

namespace umb {

/// Two numbers of a connection that its server chooses as it likes: by them one's own is known, where a number alone
/// may have been given to another one since.
struct FuseMark {
  uint32_t max_background = 0;  ///< the server can say 16 bits of either
  uint32_t congestion_threshold = 0;
  bool operator==(const FuseMark&) const = default;
};

/// One that nobody has by chance: never the kernel's own choice (12 and 9).
[[nodiscard]] FuseMark new_fuse_mark();

/// What the kernel calls the connection of a mount: its own number of the device that stat(2) tells, 7 << 20 for
/// /dev/loop0.
[[nodiscard]] uint64_t fuse_connection_of(dev_t device);

enum class FuseAbort {
  kAborted,
  kGone,     ///< there is no such connection (any more), or it was aborted before
  kNotOurs,  ///< it has another mark: left alone
};

class FuseControl {
 public:
  /// kUnavailable where the kernel has no FUSE (yet).
  [[nodiscard]] static Result<FuseControl> open();

  /// ENOENT when there is no such connection. Before its server has answered FUSE_INIT it has the kernel's mark.
  [[nodiscard]] Result<FuseMark> mark(uint64_t connection) const;
  [[nodiscard]] bool is_there(uint64_t connection) const;
  /// Every request of the connection that is not answered yet fails at once, and all later ones: who waits for one goes
  /// on. Only if it has this mark.
  [[nodiscard]] Result<FuseAbort> abort(uint64_t connection, const FuseMark& mark) const;

 private:
  explicit FuseControl(UniqueFd folder) : folder_(std::move(folder)) {}
  UniqueFd folder_;
};

}  // namespace umb
