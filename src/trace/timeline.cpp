// SPDX-License-Identifier: Apache-2.0
#include "trace/timeline.h"

#include <algorithm>
#include <map>

namespace umb {

namespace {

constexpr const char* kRest = "rest";

/// Who is in which function, as time goes on.
class OpenFrames {
 public:
  explicit OpenFrames(const Frames& frames) : frames_(frames.frames) {}

  void take(const FrameEdge& edge) {
    std::vector<size_t>& open = open_[frames_[edge.frame].pid];
    if (edge.begins) {
      open.push_back(edge.frame);
    } else {
      open.pop_back();
      if (open.empty()) open_.erase(frames_[edge.frame].pid);
    }
  }

  [[nodiscard]] const char* cause() const {
    if (open_.empty()) return kRest;
    const auto active = std::max_element(open_.begin(), open_.end(), [](const auto& one, const auto& other) {
      return one.second.front() < other.second.front();
    });
    const std::vector<size_t>& open = active->second;
    const auto wait = std::find_if(open.begin(), open.end(), [&](size_t at) { return is_wait(frames_[at].of->role); });
    return frames_[wait == open.end() ? open.back() : *wait].of->cause;
  }

 private:
  const std::vector<Frame>& frames_;
  std::map<int32_t, std::vector<size_t>> open_;  ///< by task, the outermost first
};

}  // namespace

std::vector<CauseSpan> cause_timeline(const Frames& frames) {
  std::vector<CauseSpan> spans;
  OpenFrames open(frames);
  int64_t since_ns = 0;
  for (const FrameEdge& edge : frames.edges) {
    const std::string cause = open.cause();
    if (edge.at_ns > since_ns && cause != kRest) spans.push_back({since_ns, edge.at_ns, cause});
    since_ns = edge.at_ns;
    open.take(edge);
  }
  return spans;
}

}  // namespace umb
