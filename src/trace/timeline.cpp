// SPDX-License-Identifier: Apache-2.0
#include "trace/timeline.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace umb {

namespace {

constexpr std::string_view kRest = "rest";
constexpr std::string_view kLocks = "locks";

/// Who is in which function, as time goes on.
class OpenFrames {
 public:
  OpenFrames(const Frames& frames, int64_t floor_ns) : frames_(frames.frames), floor_ns_(floor_ns) {}

  void take(const FrameEdge& edge) {
    std::vector<size_t>& open = open_[frames_[edge.frame].pid];
    if (edge.begins) {
      open.push_back(edge.frame);
    } else {
      open.pop_back();
      if (open.empty()) open_.erase(frames_[edge.frame].pid);
    }
  }

  [[nodiscard]] std::string_view cause() const {
    if (open_.empty()) return kRest;
    const auto active = std::max_element(open_.begin(), open_.end(), [](const auto& one, const auto& other) {
      return one.second.front() < other.second.front();
    });
    std::string_view innermost = kRest;
    for (const size_t at : active->second) {
      const Frame& frame = frames_[at];
      if (is_wait(frame.of->role)) return frame.of->cause;
      if (frame.of->cause != kLocks || frame.duration_ns() >= floor_ns_) innermost = frame.of->cause;
    }
    return innermost;
  }

 private:
  const std::vector<Frame>& frames_;
  int64_t floor_ns_;
  std::map<int32_t, std::vector<size_t>> open_;  ///< by task, the outermost first
};

}  // namespace

std::vector<CauseSpan> cause_timeline(const Frames& frames, int64_t floor_ns) {
  std::vector<CauseSpan> spans;
  OpenFrames open(frames, floor_ns);
  int64_t since_ns = 0;
  for (const FrameEdge& edge : frames.edges) {
    const std::string_view cause = open.cause();
    if (edge.at_ns > since_ns && cause != kRest) spans.push_back({since_ns, edge.at_ns, std::string(cause)});
    since_ns = edge.at_ns;
    open.take(edge);
  }
  return spans;
}

}  // namespace umb
