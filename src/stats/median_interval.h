// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stats/order_interval.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace umb {

/// Keeps values as they come and says when their median is known well enough to stop: when its 95% order-statistic
/// interval is narrower than a share of the median. The rule looks at the width only, never at the value.
class MedianInterval {
 public:
  /// `share` of the median, e.g. 0.05; with 0 or less it is never narrow enough.
  explicit MedianInterval(double share) : share_(share) {}

  void add(int64_t value) { values_.push_back(value); }
  [[nodiscard]] size_t size() const { return values_.size(); }

  /// Looks again only when there are 10% more values than at the last look, which makes a call after each block cheap
  /// on average (under 10 us a 100 values at 10^5 of them); in between it repeats its last answer. False below 6
  /// values.
  [[nodiscard]] bool narrow_enough();

  /// The interval as it is now, whatever was asked before; nothing below 6 values.
  [[nodiscard]] std::optional<Interval> interval();

 private:
  double share_;
  std::vector<int64_t> values_;  ///< in no order
  size_t next_look_ = 6;
  bool narrow_ = false;
};

}  // namespace umb
