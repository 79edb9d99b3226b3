// SPDX-License-Identifier: Apache-2.0
#include "runner/case_progress.h"

#include <algorithm>
#include <cmath>

namespace umb {

namespace {

constexpr int64_t kFirstBlock = 5;
/// A median that is known well after a calm start may yet move: no stop before this share of the time limit.
constexpr int64_t kEarliestStopDivisor = 2;
constexpr int64_t kWarmupDivisor = 4;

}  // namespace

CaseProgress::CaseProgress(size_t case_index, const Settings& settings, bool needs_watch, bool is_long)
    : case_index_(case_index),
      settings_(settings),
      watched_every_(0),
      is_long_(is_long),
      interval_(settings.interval),
      warming_up_(!is_long) {
  if (!is_long && needs_watch && settings.released && settings.watched_share > 0) {
    watched_every_ = static_cast<uint32_t>(std::lround(1 / settings.watched_share));
  }
}

int64_t CaseProgress::time_limit_of_phase() const {
  return warming_up_ ? settings_.time_limit_ns / kWarmupDivisor : settings_.time_limit_ns;
}

BlockRequest CaseProgress::next_block() const {
  BlockRequest request;
  request.case_index = static_cast<uint32_t>(case_index_);
  request.watched_every = warming_up_ ? 0 : watched_every_;
  request.watched_offset = static_cast<uint32_t>(taken_);
  // A case whose single sample outlasts the warm-up's share is executed once before it counts.
  int64_t count = kFirstBlock;
  const int64_t left_ns = std::max<int64_t>(0, time_limit_of_phase() - used_ns_);
  request.limit_ns = std::min(kLongestBlockNs, left_ns);
  if (sample_ns_ > 0) {
    count = std::min(kBlockNs, left_ns) / sample_ns_;
  } else if (settings_.time_limit_ns < 4 * kBlockNs) {
    count = 1;
  }
  if (is_long_) count = 1;
  if (!warming_up_) count = std::min(count, executions_until(settings_.samples - counted_));
  request.count = static_cast<uint32_t>(std::clamp<int64_t>(count, 1, kLargestBlock));
  return request;
}

int64_t CaseProgress::executions_until(int64_t counted) const {
  int64_t count = 0;
  while (counted > 0 && count < kLargestBlock) {
    const bool watched = watched_every_ != 0 && (taken_ + count) % watched_every_ == 0;
    counted -= watched ? 0 : 1;
    ++count;
  }
  return count;
}

void CaseProgress::took(const BlockResult& result) {
  ++blocks_;
  used_ns_ += result.elapsed_ns;
  const auto taken = static_cast<int64_t>(result.samples.size());
  if (taken > 0) sample_ns_ = std::max<int64_t>(1, result.elapsed_ns / taken);
  if (warming_up_) {
    warm_samples_ += taken;
    const bool warm = warm_samples_ >= kWarmupSamples && used_ns_ >= kWarmupNs;
    warming_up_ = !warm && used_ns_ < settings_.time_limit_ns / kWarmupDivisor;
    return;
  }
  taken_ += taken;
  for (const Sample& sample : result.samples) {
    if (sample.watched) continue;
    ++counted_;
    if (sample.errno_value == 0 && sample.return_ns != kMissing) interval_.add(sample.return_ns);
  }
  decide();
}

void CaseProgress::decide() {
  const bool long_enough = used_ns_ >= settings_.time_limit_ns / kEarliestStopDivisor;
  if (counted_ >= settings_.samples || (is_long_ && taken_ > 0)) {
    stop_reason_ = "samples";
  } else if (used_ns_ >= settings_.time_limit_ns && counted_ > 0) {
    // A warm-up that was disturbed may have used the time up: a case is still worth one sample that counts.
    stop_reason_ = "time";
  } else if (long_enough && counted_ >= kFewestForInterval && interval_.narrow_enough()) {
    stop_reason_ = "interval";
  }
}

double CaseProgress::share() const {
  if (!stop_reason_.empty()) return 1;
  const double by_time = static_cast<double>(used_ns_) / static_cast<double>(settings_.time_limit_ns);
  const double by_samples = static_cast<double>(counted_) / static_cast<double>(settings_.samples);
  return std::min(1.0, std::max(by_time, by_samples));
}

}  // namespace umb
