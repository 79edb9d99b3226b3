// SPDX-License-Identifier: Apache-2.0
#include "trace/frames.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>

namespace umb {

namespace {

constexpr int64_t kEver = std::numeric_limits<int64_t>::max();
// No kernel nests so many of the table's functions.
constexpr size_t kMaxDepth = 64;

class Pairing {
 public:
  explicit Pairing(const ProbeSet& probes) {
    for (const Probe& probe : probes.probes) {
      names_.emplace(probe.event, Named{&probe, false});
      if (!probe.return_event.empty()) names_.emplace(probe.return_event, Named{&probe, true});
    }
  }

  void hole(const TraceHole& hole) {
    made_.gaps.push_back(hole);
    for (auto& [pid, task] : tasks_) abandon(task, 0, hole.to_ns);
  }

  void event(const TraceEvent& event) {
    const auto named = names_.find(event.probe);
    if (named == names_.end() || named->second.is_return != event.is_return) return;
    const Probe& probe = *named->second.probe;
    Task& task = tasks_[event.pid];
    if (probe.of->role == ProbeRole::kDeferral) {
      made_.deferrals.push_back(event.at_ns);
    } else if (event.is_return) {
      leave(task, probe, event.at_ns);
    } else {
      enter(task, probe, event);
    }
    task.last_ns = event.at_ns;
  }

  Frames finished() {
    for (auto& [pid, task] : tasks_) {
      const int64_t last_ns = made_.edges.empty() ? 0 : made_.edges.back().at_ns;
      for (const Open& open : task.open) made_.gaps.push_back({made_.frames[open.frame].from_ns, kEver});
      while (!task.open.empty()) end_innermost(task, last_ns);
    }
    return std::move(made_);
  }

 private:
  struct Named {
    const Probe* probe = nullptr;
    bool is_return = false;
  };
  struct Open {
    size_t frame = 0;
    const Probe* probe = nullptr;
  };
  struct Task {
    std::vector<Open> open;
    int64_t last_ns = 0;
  };

  void enter(Task& task, const Probe& probe, const TraceEvent& event) {
    // No system call is made from within another: what is open there has lost its return.
    if (is_call(probe.of->role) || task.open.size() == kMaxDepth) abandon(task, 0, event.at_ns);
    Frame frame{.pid = event.pid, .of = probe.of, .from_ns = event.at_ns, .to_ns = event.at_ns};
    if (!task.open.empty()) frame.caller = task.open.back().frame;
    const uint32_t role = 1U << static_cast<uint32_t>(probe.of->role);
    frame.roles = role;
    for (const Open& around : task.open) {
      made_.frames[around.frame].roles |= role;
      made_.frames[around.frame].calls_others = true;
    }
    task.open.push_back({made_.frames.size(), &probe});
    made_.edges.push_back({event.at_ns, made_.frames.size(), true});
    made_.frames.push_back(frame);
  }

  void leave(Task& task, const Probe& probe, int64_t at_ns) {
    const auto innermost =
        std::find_if(task.open.rbegin(), task.open.rend(), [&](const Open& open) { return open.probe == &probe; });
    if (innermost == task.open.rend()) {
      made_.gaps.push_back({task.last_ns, at_ns});
      return;
    }
    abandon(task, static_cast<size_t>(task.open.rend() - innermost), at_ns);
    end_innermost(task, at_ns);
  }

  /// All open functions but the outermost `kept` have no return.
  void abandon(Task& task, size_t kept, int64_t at_ns) {
    while (task.open.size() > kept) {
      made_.gaps.push_back({made_.frames[task.open.back().frame].from_ns, at_ns});
      end_innermost(task, at_ns);
    }
  }

  void end_innermost(Task& task, int64_t at_ns) {
    const size_t frame = task.open.back().frame;
    task.open.pop_back();
    made_.frames[frame].to_ns = at_ns;
    made_.edges.push_back({at_ns, frame, false});
  }

  std::map<std::string_view, Named> names_;
  std::map<int32_t, Task> tasks_;
  Frames made_;
};

}  // namespace

Frames pair_events(const TraceLog& log, const ProbeSet& probes) {
  std::vector<TraceHole> holes = log.holes;
  std::sort(holes.begin(), holes.end(),
            [](const TraceHole& one, const TraceHole& other) { return one.to_ns < other.to_ns; });
  Pairing pairing(probes);
  auto hole = holes.begin();
  for (const TraceEvent& event : log.events) {
    while (hole != holes.end() && hole->to_ns <= event.at_ns) pairing.hole(*hole++);
    pairing.event(event);
  }
  Frames made = pairing.finished();
  made.gaps.insert(made.gaps.end(), hole, holes.end());
  return made;
}

}  // namespace umb
