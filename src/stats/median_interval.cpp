// SPDX-License-Identifier: Apache-2.0
#include "stats/median_interval.h"

#include <algorithm>

namespace umb {

namespace {

constexpr double kConfidence = 0.95;

/// Puts the value of that rank (from 1) in its place within [from, to) and returns it.
int64_t select(std::vector<int64_t>& values, size_t from, size_t to, size_t rank) {
  const auto at = [&](size_t index) { return values.begin() + static_cast<std::ptrdiff_t>(index); };
  std::nth_element(at(from), at(rank - 1), at(to));
  return values[rank - 1];
}

}  // namespace

std::optional<Interval> MedianInterval::interval() {
  const OrderRanks ranks = order_ranks(values_.size(), 0.5, kConfidence);
  if (!ranks.low || !ranks.high) return std::nullopt;
  const int64_t high = select(values_, 0, values_.size(), *ranks.high);
  const int64_t low = select(values_, 0, *ranks.high, *ranks.low);
  return Interval{static_cast<double>(low), static_cast<double>(high)};
}

bool MedianInterval::narrow_enough() {
  if (values_.size() < next_look_) return narrow_;
  next_look_ = values_.size() + values_.size() / 10 + 1;
  const std::optional<Interval> found = interval();
  if (!found || share_ <= 0) return narrow_ = false;
  const auto median = static_cast<double>(select(values_, 0, values_.size(), (values_.size() + 1) / 2));
  return narrow_ = found->high - found->low < share_ * median;
}

}  // namespace umb
