// SPDX-License-Identifier: Apache-2.0
// A trace's entries paired with their returns: who called what, from when to when.
#pragma once

#include "base/result.h"
#include "trace/functions.h"
#include "trace/trace_text.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace umb {

/// One execution of a probed function.
struct Frame {
  int32_t pid = 0;
  const TracedFunction* of = nullptr;
  int64_t from_ns = 0;
  int64_t to_ns = 0;
  std::optional<size_t> caller;  ///< the probed function around it, an index
  bool calls_others = false;     ///< a probed function is in it
  uint32_t roles = 0;            ///< its own and those of all in it, one bit each

  [[nodiscard]] int64_t duration_ns() const { return to_ns - from_ns; }
  [[nodiscard]] bool has(ProbeRole role) const { return (roles & (1U << static_cast<uint32_t>(role))) != 0; }
};

/// A function begins or ends.
struct FrameEdge {
  int64_t at_ns = 0;
  size_t frame = 0;
  bool begins = false;
};

struct Frames {
  std::vector<Frame> frames;       ///< in the order in which they began
  std::vector<FrameEdge> edges;    ///< as they happened
  std::vector<TraceHole> gaps;     ///< the trace's holes, and where an entry has no return or a return no entry
  std::vector<int64_t> deferrals;  ///< when a kDeferral was entered
};

/// Events whose probe is not one of `probes` are passed over. After a hole nothing is believed of what was open before.
[[nodiscard]] Frames pair_events(const TraceLog& log, const ProbeSet& probes);

}  // namespace umb
