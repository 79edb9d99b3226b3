// SPDX-License-Identifier: Apache-2.0
#include "stats/order_interval.h"

#include "stats/beta.h"

#include <cmath>

namespace umb {

namespace {

/// The smallest k in [0, n] for which P(Bin(n, p) <= k) is above `bound` (or reaches it, when `reaching`).
size_t first_above(size_t n, double p, double bound, bool reaching) {
  size_t low = 0;
  size_t high = n;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const double below = binomial_below(n, p, middle);
    if (below > bound || (reaching && below == bound)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

OrderRanks order_ranks(size_t n, double p, double confidence) {
  OrderRanks ranks;
  if (n == 0) return ranks;
  const double tail = (1 - confidence) / 2;
  // low = r is the last with P(X <= r-1) <= tail, so k = r is the first with P(X <= k) > tail.
  const size_t low = first_above(n, p, tail, false);
  const size_t high = first_above(n, p, 1 - tail, true) + 1;
  if (low >= 1) ranks.low = low;
  if (high <= n) ranks.high = high;
  if (ranks.low && ranks.high) ranks.achieved = binomial_below(n, p, high - 1) - binomial_below(n, p, low - 1);
  return ranks;
}

size_t smallest_n_for_order_interval(double p, double confidence) {
  // The sides fail while even the outermost values are not far enough out: p^n and (1-p)^n against the tail.
  const double rarer = std::fmax(p, 1 - p);
  auto n = static_cast<size_t>(std::log((1 - confidence) / 2) / std::log(rarer));
  n = n > 2 ? n - 1 : 1;
  while (true) {
    const OrderRanks ranks = order_ranks(n, p, confidence);
    if (ranks.low && ranks.high) return n;
    ++n;
  }
}

std::optional<Interval> order_interval(std::span<const int64_t> sorted, double p, double confidence) {
  const OrderRanks ranks = order_ranks(sorted.size(), p, confidence);
  if (!ranks.low || !ranks.high) return std::nullopt;
  return Interval{static_cast<double>(sorted[*ranks.low - 1]), static_cast<double>(sorted[*ranks.high - 1])};
}

}  // namespace umb
