// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trace/frames.h"
#include "trace/waits.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// A system call that has to do with mounts, or "exit", with the clean-up that its task does right after it.
struct TracedCall {
  std::string call;
  int64_t from_ns = 0;
  int64_t duration_ns = 0;
  int64_t grace_period_ns = 0;
  int64_t grace_period_waits = 0;  ///< those that lasted the floor
};

/// In the order in which they began. A clone() or unshare() that makes no mount namespace is left out where `probes`
/// can tell, and so is the end of a task whose mount namespace lives on.
[[nodiscard]] std::vector<TracedCall> traced_calls(const Frames& frames, const std::vector<TracedWait>& waits,
                                                   const ProbeSet& probes, int64_t floor_ns);

}  // namespace umb
