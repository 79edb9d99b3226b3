// SPDX-License-Identifier: Apache-2.0
// Loop devices that don't free themselves (no autoclear): whose they are, and taking them back.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace umb {

/// What a loop device reads from, as LOOP_GET_STATUS64 tells it: st_dev and st_ino of the backing file, and the offset.
struct LoopBacking {
  uint64_t device = 0;
  uint64_t inode = 0;
  uint64_t offset_bytes = 0;
  bool operator==(const LoopBacking&) const = default;
};

/// No value when nothing is attached. Fails for anything that is not a loop device's node.
[[nodiscard]] Result<std::optional<LoopBacking>> loop_backing(const std::string& device);

enum class LoopDetach {
  kDetached,
  kNotAttached,  ///< it was free already
  kNotOurs,      ///< it reads from another file: left alone
  kBusy,         ///< somebody has it open; the kernel detaches it when they close it
};

/// Detach `device` if it reads from `backing`, and wait up to `limit_ns` until it has really gone: LOOP_CLR_FD alone
/// says yes on a busy device too. Needs root.
[[nodiscard]] Result<LoopDetach> detach_loop(const std::string& device, const LoopBacking& backing, int64_t limit_ns);

}  // namespace umb
