// SPDX-License-Identifier: Apache-2.0
// Any bytes as a trace: events in order of time with names that can be shown, every line that is none told, and times
// of causes that add up whatever it says.
#include "trace/account.h"
#include "trace/trace_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

constexpr int64_t kSecond = 1'000'000'000;

void require(bool what) {
  if (!what) std::abort();
}

/// Each number is a probe's, so that raw lines have events too.
umb::EventNames names_for(const umb::ProbeSet& probes) {
  umb::EventNames names;
  for (const umb::Probe& probe : probes.probes) {
    names.emplace(static_cast<int64_t>(names.size()), umb::EventName{probe.event, false});
    if (probe.return_event.empty()) continue;
    names.emplace(static_cast<int64_t>(names.size()), umb::EventName{probe.return_event, true});
  }
  return names;
}

umb::ProbeSet all_probes() {
  std::string list;
  for (const umb::TracedFunction& function : umb::traced_functions()) {
    list += std::string(umb::is_call(function.role) ? "__x64_sys_" : "") + function.name + "\n";
  }
  return umb::resolve_probes(list);
}

std::vector<umb::Sample> samples_around(const umb::TraceLog& log) {
  std::vector<umb::Sample> samples;
  for (size_t at = 0; at < log.events.size(); at += 1 + log.events.size() / 4) {
    umb::Sample sample;
    sample.started_at_ns = log.events[at].at_ns;
    sample.return_ns = at % 2 == 0 ? 12'345 : kSecond;
    samples.push_back(sample);
  }
  return samples;
}

void check_account(const umb::TraceLog& log, const umb::ProbeSet& probes) {
  const std::vector<umb::Sample> samples = samples_around(log);
  const umb::Attribution made = umb::account_for("fuzz", log, samples, probes, 5000);
  require(made.wall_ns.size() + static_cast<size_t>(made.dropped_samples) == samples.size());
  for (size_t at = 0; at < made.wall_ns.size(); ++at) {
    int64_t sum = 0;
    for (const umb::Column& cause : made.causes) {
      require(cause.values.at(at) >= 0);
      sum += cause.values.at(at);
    }
    require(sum == made.wall_ns[at]);
  }
  for (const umb::CallSeen& call : made.calls) require(call.count > 0 && call.total_ns >= 0);
  for (const umb::WaitSeen& wait : made.waits) require(wait.count > 0 && wait.total_ns >= 0);
}

bool is_plain(const std::string& name) {
  return std::all_of(name.begin(), name.end(),
                     [](char letter) { return letter > ' ' && letter < '\x7f' && letter != '\''; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const umb::ProbeSet probes = all_probes();
  static const umb::EventNames names = names_for(probes);
  const umb::TraceLog log = umb::parse_trace_text({reinterpret_cast<const char*>(data), size}, names);
  int64_t before = 0;
  for (const umb::TraceEvent& event : log.events) {
    require(is_plain(event.probe) && !event.probe.empty() && event.probe.size() < 64);
    require(event.at_ns >= before && event.pid >= 0);
    before = event.at_ns;
  }
  const bool incomplete = log.lost_events > 0 || log.broken_lines > 0;
  require(incomplete != log.holes.empty());
  require(log.lost_events >= 0);
  for (const umb::TraceHole& hole : log.holes) require(hole.from_ns <= hole.to_ns);
  check_account(log, probes);
  return 0;
}
