// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace umb {

/// Which of n ascending values bound a quantile, without any assumption about their distribution but that they are
/// independent. Ranks count from 1; nothing where n is too small for that side.
struct OrderRanks {
  std::optional<size_t> low;   ///< the largest r with P(Bin(n, p) <= r-1) <= (1-confidence)/2
  std::optional<size_t> high;  ///< the smallest r with P(Bin(n, p) <= r-1) >= 1 - (1-confidence)/2
  double achieved = 0;         ///< the real confidence, P(low <= Bin(n, p) <= high-1); 0 unless both sides are there
};

/// p and confidence in (0, 1). Exact for every n; some 30 us for n = 10^6.
[[nodiscard]] OrderRanks order_ranks(size_t n, double p, double confidence);

/// The smallest n for which order_ranks() has both sides: 6 for p = 0.5, 36 for 0.9, 368 for 0.99 at 95%.
[[nodiscard]] size_t smallest_n_for_order_interval(double p, double confidence);

struct Interval {
  double low = 0;
  double high = 0;
};

/// The interval itself, from ascending values; nothing unless both sides are there.
[[nodiscard]] std::optional<Interval> order_interval(std::span<const int64_t> sorted, double p, double confidence);

}  // namespace umb
