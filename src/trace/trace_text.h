// SPDX-License-Identifier: Apache-2.0
// The text of the file `trace` of an ftrace instance, where only kprobe and kretprobe events are enabled and
// trace_clock is "mono". Task names in it are the user's, so no line is trusted: what is no event as the kernel writes
// one is counted.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// Of the form that is not raw.
inline constexpr int64_t kTraceResolutionNs = 1000;

/// A probe was hit.
struct TraceEvent {
  int64_t at_ns = 0;       ///< CLOCK_MONOTONIC
  int32_t pid = 0;         ///< the thread's, as the tracing process's namespace numbers them
  bool is_return = false;  ///< of a kretprobe
  std::string probe;       ///< the event's name, without its group
};

/// A time within which events are missing.
struct TraceHole {
  int64_t from_ns = 0;
  int64_t to_ns = 0;
};

struct TraceLog {
  std::vector<TraceEvent> events;  ///< as they happened: times never go back
  std::vector<TraceHole> holes;
  int64_t lost_events = 0;   ///< thrown away by the kernel; "at least", where it doesn't say how many
  int64_t broken_lines = 0;  ///< each is a hole too
};

struct EventName {
  std::string probe;
  bool is_return = false;
};

/// By number, as in events/GROUP/EVENT/id: raw lines have no names.
using EventNames = std::map<int64_t, EventName>;

/// Takes both forms; a raw line of an event that is not in `names` is broken.
[[nodiscard]] TraceLog parse_trace_text(std::string_view text, const EventNames& names = {});

}  // namespace umb
