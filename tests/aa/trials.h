// SPDX-License-Identifier: Apache-2.0
// Random groups of the same boots compared with one another, over and over, and what came of it, counted.
#pragma once

#include "methods.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace umb::aa {

struct TrialOptions {
  std::vector<size_t> sizes{1, 2, 3, 5, 7, 10};       ///< boots a side
  std::vector<double> effects{1, 1.05, 1.1, 1.3, 2};  ///< 1 first: the false alarms
  size_t groups = 200;                                ///< drawn for each size
  uint64_t seed = 1;
  size_t jobs = 1;
};

/// Of one method (0: the program's rule, then the naive ones), series, size and effect.
struct Count {
  size_t asked = 0;     ///< answers
  size_t alarms = 0;    ///< p <= 5%
  size_t verdicts = 0;  ///< and the estimate is beyond the smallest effect
  [[nodiscard]] double share(size_t Count::*what) const {
    return static_cast<double>(this->*what) / static_cast<double>(asked);
  }
};

/// How p values of a family are adjusted.
enum class Adjust { kNone, kHolm, kBenjaminiHochberg, kBenjaminiYekutieli, kBonferroni };
inline constexpr size_t kAdjusts = 5;

/// Indices of series count over all sets, in their order.
class Tally {
 public:
  Tally(const TrialOptions& options, size_t series);

  [[nodiscard]] Count& count(size_t size, size_t effect, size_t series, size_t method) {
    return counts_[((size * effects_ + effect) * series_ + series) * methods_ + method];
  }
  [[nodiscard]] const Count& count(size_t size, size_t effect, size_t series, size_t method) const {
    return const_cast<Tally*>(this)->count(size, effect, series, method);
  }
  /// How often the program's rule gave each verdict.
  [[nodiscard]] size_t& verdict(size_t size, size_t effect, size_t series, Verdict verdict) {
    return verdicts_[(size * effects_ + effect) * series_ + series][static_cast<size_t>(verdict)];
  }
  [[nodiscard]] size_t verdict(size_t size, size_t effect, size_t series, Verdict one) const {
    return const_cast<Tally*>(this)->verdict(size, effect, series, one);
  }
  /// How often at least one case of the family was an alarm; `pooled`: by the pooled U test.
  [[nodiscard]] size_t& family(size_t size, bool pooled, Adjust adjust) {
    return families_[size][pooled ? 1 : 0][static_cast<size_t>(adjust)];
  }
  [[nodiscard]] size_t family(size_t size, bool pooled, Adjust adjust) const {
    return const_cast<Tally*>(this)->family(size, pooled, adjust);
  }
  void add(const Tally& other);

 private:
  size_t effects_, series_, methods_;
  std::vector<Count> counts_;
  std::vector<std::array<size_t, 5>> verdicts_;
  std::vector<std::array<std::array<size_t, kAdjusts>, 2>> families_;
};

/// The same for every number of jobs.
[[nodiscard]] Tally run_trials(const std::vector<Set>& sets, const TrialOptions& options);

/// How many series have boots enough for two groups of that size.
[[nodiscard]] size_t series_with(const std::vector<Set>& sets, size_t size);

}  // namespace umb::aa
