// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trace/frames.h"
#include "trace/waits.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// From one moment to another; CLOCK_MONOTONIC.
struct TracedSpan {
  int64_t from_ns = 0;
  int64_t to_ns = 0;
};

/// A system call that has to do with mounts, or "exit", with the clean-up that its task does after it, however late.
struct TracedCall {
  std::string call;
  std::vector<TracedSpan> spans;  ///< itself, then the clean-ups
  std::vector<TracedSpan> waits;  ///< for grace periods, within those
};

/// In the order in which they began. A clone() or unshare() that makes no mount namespace is left out where `probes`
/// can tell, and so is the end of a task whose mount namespace lives on.
[[nodiscard]] std::vector<TracedCall> traced_calls(const Frames& frames, const std::vector<TracedWait>& waits,
                                                   const ProbeSet& probes);

}  // namespace umb
