// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/plan.h"
#include "runner/messages.h"
#include "stats/median_interval.h"

#include <cstdint>
#include <string>

namespace umb {

/// How far one case is within a round: what its next block is to be, and when it is done. Knows nothing of clocks or
/// processes; it is told what the blocks yielded.
class CaseProgress {
 public:
  static constexpr int64_t kWarmupSamples = 50;
  static constexpr int64_t kWarmupNs = 200'000'000;
  static constexpr int64_t kBlockNs = 100'000'000;
  static constexpr int64_t kLargestBlock = 1000;
  /// Far beyond what a block should take: reached only when samples become slower at once, each waiting for a release
  /// that doesn't come, say.
  static constexpr int64_t kLongestBlockNs = 10 * kBlockNs;
  static constexpr int64_t kFewestForInterval = 30;

  /// `is_long`: one execution is all that is taken, without a warm-up (estimate.h).
  CaseProgress(size_t case_index, const Settings& settings, bool needs_watch, bool is_long = false);

  [[nodiscard]] size_t case_index() const { return case_index_; }
  [[nodiscard]] bool warming_up() const { return warming_up_; }
  [[nodiscard]] uint32_t repetition() const { return blocks_; }
  [[nodiscard]] BlockRequest next_block() const;
  void took(const BlockResult& result);

  /// "" while it goes on; otherwise why it stopped: "interval", "samples" or "time".
  [[nodiscard]] const std::string& stop_reason() const { return stop_reason_; }
  /// How much of its limits is used up, 0 to 1.
  [[nodiscard]] double share() const;

 private:
  [[nodiscard]] int64_t time_limit_of_phase() const;
  /// How many samples it takes from here until `counted` more are not watched; no more than a block holds.
  [[nodiscard]] int64_t executions_until(int64_t counted) const;
  void decide();

  size_t case_index_;
  const Settings& settings_;
  uint32_t watched_every_;
  bool is_long_;
  MedianInterval interval_;
  bool warming_up_;
  uint32_t blocks_ = 0;
  int64_t warm_samples_ = 0;
  int64_t used_ns_ = 0;    ///< warm-up included
  int64_t taken_ = 0;      ///< after the warm-up, watched ones included
  int64_t counted_ = 0;    ///< after the warm-up, without watched ones
  int64_t sample_ns_ = 0;  ///< what a sample took in the last block, all in all
  std::string stop_reason_;
};

}  // namespace umb
