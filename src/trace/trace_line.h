// SPDX-License-Identifier: Apache-2.0
// One line of a trace.
#pragma once

#include "trace/trace_text.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace umb {

struct TraceLine {
  TraceEvent event;
  int32_t cpu = 0;
};

/// One without names: of its event only the number is known.
struct RawLine {
  int64_t event_id = 0;
  int64_t at_ns = 0;
  int32_t pid = 0;
  int32_t cpu = 0;
};

/// "CPU:0 [LOST 123 EVENTS]"
struct LostLine {
  int32_t cpu = 0;
  int64_t events = 1;  ///< 1 where the kernel doesn't say how many
};

/// "  task-name-123   [001] d..2.   12.345678: EVENT: (function+0x0/0x80)", by a kprobe or kretprobe; nothing for any
/// other line. The columns between CPU and time differ by kernel and are passed over.
[[nodiscard]] std::optional<TraceLine> parse_trace_line(std::string_view line);
/// "123 1 12345678901 type: 1500"
[[nodiscard]] std::optional<RawLine> parse_raw_line(std::string_view line);
[[nodiscard]] std::optional<LostLine> parse_lost_line(std::string_view line);
/// "# entries-in-buffer/entries-written: 140/200   #P:2": how many were overwritten, 60.
[[nodiscard]] std::optional<int64_t> parse_overwritten(std::string_view line);

}  // namespace umb
