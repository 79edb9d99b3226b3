// SPDX-License-Identifier: Apache-2.0
#include "trace/account.h"

#include "trace/calls.h"
#include "trace/frames.h"
#include "trace/timeline.h"
#include "trace/waits.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace umb {

namespace {

constexpr int64_t kLeastFloorNs = 1000;
constexpr int64_t kFloorFactor = 3;
// What was at a sample's border may be written this much outside of it.
constexpr int64_t kRoundingNs = kTraceResolutionNs / 2;
constexpr std::string_view kRest = "rest";

struct Window {
  int64_t from_ns = 0;
  int64_t to_ns = 0;

  [[nodiscard]] bool holds(int64_t at_ns) const {
    return at_ns + kRoundingNs >= from_ns && at_ns - kRoundingNs <= to_ns;
  }
  [[nodiscard]] bool touches(const TraceHole& gap) const { return gap.from_ns <= to_ns && gap.to_ns >= from_ns; }
  [[nodiscard]] int64_t common_ns(int64_t begin_ns, int64_t end_ns) const {
    return std::max<int64_t>(std::min(to_ns, end_ns) - std::max(from_ns, begin_ns), 0);
  }
};

std::vector<Column> columns_for(const ProbeSet& probes) {
  std::vector<Column> columns;
  for (const std::string_view cause : kCauses) {
    const bool seen = std::any_of(probes.probes.begin(), probes.probes.end(),
                                  [&](const Probe& probe) { return cause == probe.of->cause; });
    if (seen || cause == kRest) columns.push_back({std::string(cause), {}});
  }
  return columns;
}

/// A count without one of the functions that every kernel has would be too small, and look like a gain.
bool sees_all_waits(const ProbeSet& probes) {
  const auto functions = traced_functions();
  return std::all_of(functions.begin(), functions.end(), [&](const TracedFunction& function) {
    return !function.needed || !is_wait(function.role) ||
           std::any_of(probes.probes.begin(), probes.probes.end(),
                       [&](const Probe& probe) { return probe.of == &function; });
  });
}

template <typename Seen>
std::vector<Seen> by_time(const std::map<std::pair<std::string, std::string>, Seen>& all) {
  std::vector<Seen> sorted;
  for (const auto& [key, one] : all) sorted.push_back(one);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Seen& one, const Seen& other) { return one.total_ns > other.total_ns; });
  return sorted;
}

/// A trace, made ready to be asked for one sample after the other.
class Account {
 public:
  Account(const TraceLog& log, const ProbeSet& probes, int64_t floor_ns)
      : floor_ns_(floor_ns),
        frames_(pair_events(log, probes)),
        timeline_(cause_timeline(frames_, floor_ns)),
        waits_(traced_waits(frames_, probes)),
        calls_(traced_calls(frames_, waits_, probes)),
        sees_waits_(sees_all_waits(probes)),
        sees_deferrals_(has_probe(probes, ProbeRole::kDeferral)) {
    made_.method = "traced";
    made_.causes = columns_for(probes);
    made_.missing = probes.missing;
    made_.lost_events = log.lost_events + log.broken_lines;
    made_.floor_ns = floor_ns;
  }

  void add(const Sample& sample) {
    const Window window{sample.started_at_ns, sample.started_at_ns + std::max<int64_t>(sample.return_ns, 0)};
    const bool whole = std::none_of(frames_.gaps.begin(), frames_.gaps.end(),
                                    [&](const TraceHole& gap) { return window.touches(gap); });
    const bool seen = std::any_of(frames_.frames.begin(), frames_.frames.end(), [&](const Frame& frame) {
      return frame.from_ns <= window.to_ns && frame.to_ns >= window.from_ns;
    });
    if (sample.errno_value != 0 || sample.return_ns < 0 || !whole || !seen) {
      ++made_.dropped_samples;
      if (sample.errno_value == 0 && whole && !seen) ++unseen_samples_;
      return;
    }
    made_.wall_ns.push_back(sample.return_ns);
    made_.voluntary_switches.push_back(sample.voluntary_switches);
    add_causes(window);
    add_waits(window);
    add_calls(window);
    const auto deferred = std::count_if(frames_.deferrals.begin(), frames_.deferrals.end(),
                                        [&](int64_t at_ns) { return window.holds(at_ns); });
    if (sees_deferrals_) made_.deferred_grace_periods.push_back(deferred);
  }

  Attribution finished(const std::string& case_id) {
    made_.case_id = case_id;
    if (unseen_samples_ > 0) {
      made_.missing.push_back("samples: no traced function ran in " + std::to_string(unseen_samples_) + " of them");
    }
    made_.waits = by_time(waits_seen_);
    made_.calls = by_time(calls_seen_);
    return std::move(made_);
  }

 private:
  void add_causes(const Window& window) {
    std::map<std::string_view, int64_t> spent;
    spent[kRest] = window.to_ns - window.from_ns;
    for (auto span = std::partition_point(timeline_.begin(), timeline_.end(),
                                          [&](const CauseSpan& one) { return one.to_ns <= window.from_ns; });
         span != timeline_.end() && span->from_ns < window.to_ns; ++span) {
      spent[span->cause] += window.common_ns(span->from_ns, span->to_ns);
      spent[kRest] -= window.common_ns(span->from_ns, span->to_ns);
    }
    for (Column& column : made_.causes) column.values.push_back(spent[column.name]);
  }

  void add_waits(const Window& window) {
    int64_t count = 0;
    for (const TracedWait& wait : waits_) {
      if (!window.holds(wait.from_ns) || wait.duration_ns < floor_ns_) continue;
      ++count;
      WaitSeen& seen = waits_seen_[{wait.function, wait.kind}];
      seen.function = wait.function;
      seen.kind = wait.kind;
      ++seen.count;
      seen.total_ns += window.common_ns(wait.from_ns, wait.from_ns + wait.duration_ns);
    }
    if (sees_waits_) made_.grace_period_waits.push_back(count);
  }

  void add_calls(const Window& window) {
    for (const TracedCall& call : calls_) {
      if (!window.holds(call.spans.front().from_ns)) continue;
      CallSeen& seen = calls_seen_[{call.call, {}}];
      seen.call = call.call;
      ++seen.count;
      for (const TracedSpan& span : call.spans) seen.total_ns += window.common_ns(span.from_ns, span.to_ns);
      for (const TracedSpan& wait : call.waits) {
        seen.grace_period_ns += window.common_ns(wait.from_ns, wait.to_ns);
        if (window.holds(wait.from_ns) && wait.to_ns - wait.from_ns >= floor_ns_) ++seen.grace_period_waits;
      }
    }
  }

  int64_t floor_ns_;
  Frames frames_;
  std::vector<CauseSpan> timeline_;
  std::vector<TracedWait> waits_;
  std::vector<TracedCall> calls_;
  bool sees_waits_;
  bool sees_deferrals_;
  int64_t unseen_samples_ = 0;
  Attribution made_;
  std::map<std::pair<std::string, std::string>, WaitSeen> waits_seen_;
  std::map<std::pair<std::string, std::string>, CallSeen> calls_seen_;
};

}  // namespace

Result<int64_t> wait_floor_ns(const TraceLog& log, const ProbeSet& probes) {
  const Frames frames = pair_events(log, probes);
  std::vector<int64_t> durations;
  for (const Frame& frame : frames.frames) {
    const Window window{frame.from_ns, frame.to_ns};
    const bool whole =
        std::none_of(frames.gaps.begin(), frames.gaps.end(), [&](const TraceHole& gap) { return window.touches(gap); });
    if (whole && !frame.calls_others) durations.push_back(frame.duration_ns());
  }
  if (durations.empty()) {
    return fail("tracing shows nothing of what was called to try it", {}, {}, ErrorKind::kUnavailable);
  }
  const auto middle = durations.begin() + static_cast<std::ptrdiff_t>(durations.size() / 2);
  std::nth_element(durations.begin(), middle, durations.end());
  return std::max(kLeastFloorNs, kFloorFactor * *middle);
}

Attribution account_for(const std::string& case_id, const TraceLog& log, const std::vector<Sample>& samples,
                        const ProbeSet& probes, int64_t floor_ns) {
  Account account(log, probes, floor_ns);
  for (const Sample& sample : samples) account.add(sample);
  return account.finished(case_id);
}

}  // namespace umb
