// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trace/frames.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// A grace-period wait: the outermost of the functions that wait for one, whoever calls it.
struct TracedWait {
  std::string function;  ///< as the kernel's source calls it
  std::string kind;      ///< model/attribution.h
  size_t frame = 0;      ///< its own
  int64_t from_ns = 0;
  int64_t duration_ns = 0;
};

/// In the order in which they began. Where `probes` lacks a normal wait's inner function, nothing shows whether what
/// should be an expedited wait was one: its kind is "unknown".
[[nodiscard]] std::vector<TracedWait> traced_waits(const Frames& frames, const ProbeSet& probes);

}  // namespace umb
