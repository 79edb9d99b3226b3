// SPDX-License-Identifier: Apache-2.0
// Any bytes as a trace: events in order of time with names that can be shown, and every line that is none told.
#include "trace/trace_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const umb::TraceLog log = umb::parse_trace_text(text);
  int64_t before = 0;
  for (const umb::TraceEvent& event : log.events) {
    const bool plain = std::all_of(event.probe.begin(), event.probe.end(),
                                   [](char letter) { return letter > ' ' && letter < '\x7f' && letter != '\''; });
    if (!plain || event.probe.empty() || event.probe.size() > 63) std::abort();
    if (event.at_ns < before || event.pid < 0) std::abort();
    before = event.at_ns;
  }
  const bool incomplete = log.lost_events > 0 || log.broken_lines > 0;
  if (incomplete == log.holes.empty() || log.lost_events < 0) std::abort();
  const bool in_order = std::all_of(log.holes.begin(), log.holes.end(),
                                    [](const umb::TraceHole& hole) { return hole.from_ns <= hole.to_ns; });
  if (!in_order) std::abort();
  return 0;
}
