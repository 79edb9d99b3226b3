// SPDX-License-Identifier: Apache-2.0
#include "trace/calls.h"

#include <map>
#include <optional>

namespace umb {

namespace {

class Calls {
 public:
  explicit Calls(bool tells_namespaces) : tells_namespaces_(tells_namespaces) {}

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
      calls_.push_back({frame.of->shown, {{frame.from_ns, frame.to_ns}}, {}});
    } else if (is_call(frame.of->role)) {
      last.reset();
    } else if (!frame.caller.has_value() && frame.has(ProbeRole::kCleanUp) && last.has_value()) {
      call = last;
      calls_[*call].spans.push_back({frame.from_ns, frame.to_ns});
    }
    of_frame_.push_back(call);
  }

  void add(const TracedWait& wait) {
    const std::optional<size_t> call = of_frame_[wait.frame];
    if (call.has_value()) calls_[*call].waits.push_back({wait.from_ns, wait.from_ns + wait.duration_ns});
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
  std::vector<TracedCall> calls_;
  std::vector<std::optional<size_t>> of_frame_;
  std::map<int32_t, std::optional<size_t>> last_of_;  ///< by task
};

}  // namespace

std::vector<TracedCall> traced_calls(const Frames& frames, const std::vector<TracedWait>& waits,
                                     const ProbeSet& probes) {
  Calls calls(has_probe(probes, ProbeRole::kNamespace));
  for (const Frame& frame : frames.frames) calls.add(frame);
  for (const TracedWait& wait : waits) calls.add(wait);
  return calls.finished();
}

}  // namespace umb
