// SPDX-License-Identifier: Apache-2.0
#include "trace/calls.h"

#include <map>
#include <optional>

namespace umb {

namespace {

class Calls {
 public:
  Calls(bool tells_namespaces, int64_t floor_ns) : tells_namespaces_(tells_namespaces), floor_ns_(floor_ns) {}

  void add(const Frame& frame) {
    std::optional<size_t> call;
    if (frame.caller.has_value()) call = of_frame_[*frame.caller];
    if (call.has_value()) {
      of_frame_.push_back(call);
      return;
    }
    std::optional<size_t>& last = last_of_[frame.pid];
    if (begins_call(frame)) {
      last = call = calls_.size();
      calls_.push_back({frame.of->shown, frame.from_ns, frame.duration_ns()});
    } else if (is_call(frame.of->role)) {
      last.reset();
    } else if (!frame.caller.has_value() && frame.has(ProbeRole::kCleanUp) && last.has_value()) {
      call = last;
      calls_[*call].duration_ns += frame.duration_ns();
    }
    of_frame_.push_back(call);
  }

  void add(const TracedWait& wait) {
    const std::optional<size_t> call = of_frame_[wait.frame];
    if (!call.has_value()) return;
    calls_[*call].grace_period_ns += wait.duration_ns;
    if (wait.duration_ns >= floor_ns_) ++calls_[*call].grace_period_waits;
  }

  std::vector<TracedCall> finished() { return std::move(calls_); }

 private:
  [[nodiscard]] bool begins_call(const Frame& frame) const {
    const ProbeRole role = frame.of->role;
    if (role == ProbeRole::kNamespaceCall) return frame.has(ProbeRole::kNamespace) || !tells_namespaces_;
    // Who isn't the last to let go of a namespace only counts down, e.g. when it closes /proc/self/mounts.
    if (role == ProbeRole::kExit) return frame.calls_others;
    return is_call(role);
  }

  bool tells_namespaces_;
  int64_t floor_ns_;
  std::vector<TracedCall> calls_;
  std::vector<std::optional<size_t>> of_frame_;
  std::map<int32_t, std::optional<size_t>> last_of_;  ///< by task
};

}  // namespace

std::vector<TracedCall> traced_calls(const Frames& frames, const std::vector<TracedWait>& waits, const ProbeSet& probes,
                                     int64_t floor_ns) {
  Calls calls(has_probe(probes, ProbeRole::kNamespace), floor_ns);
  for (const Frame& frame : frames.frames) calls.add(frame);
  for (const TracedWait& wait : waits) calls.add(wait);
  return calls.finished();
}

}  // namespace umb
