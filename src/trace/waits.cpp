// SPDX-License-Identifier: Apache-2.0
#include "trace/waits.h"

namespace umb {

namespace {

std::string kind_of(const Frame& frame, bool tells_kinds) {
  const std::string kind = frame.of->shown;
  if (kind != "expedited" && kind != "normal") return kind;
  if (frame.has(ProbeRole::kNormalWait)) return "normal";
  if (frame.has(ProbeRole::kExpeditedWait)) return tells_kinds ? "expedited" : "unknown";
  return "normal";
}

}  // namespace

std::vector<TracedWait> traced_waits(const Frames& frames, const ProbeSet& probes) {
  const bool tells_kinds = has_probe(probes, ProbeRole::kNormalWait);
  std::vector<TracedWait> waits;
  std::vector<bool> waiting;  // per frame: it or one around it waits
  for (size_t at = 0; at < frames.frames.size(); ++at) {
    const Frame& frame = frames.frames[at];
    const bool within = frame.caller.has_value() && waiting[*frame.caller];
    waiting.push_back(within || is_wait(frame.of->role));
    if (within || !waiting.back()) continue;
    waits.push_back({frame.of->name, kind_of(frame, tells_kinds), at, frame.from_ns, frame.duration_ns()});
  }
  return waits;
}

}  // namespace umb
