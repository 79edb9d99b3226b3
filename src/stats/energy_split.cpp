// SPDX-License-Identifier: Apache-2.0
#include "stats/energy_split.h"

#include <cmath>

namespace umb {

EnergySplit EnergySearch::strongest(std::span<const double> values, size_t shortest) {
  const size_t count = values.size();
  to_earlier_.assign(count + 1, 0);
  between_.assign(count + 1, 0);
  within_.assign(count + 1, 0);
  left_.assign(count + 1, 0);
  for (size_t i = inverse_.size(); i <= count; ++i) inverse_.push_back(i == 0 ? 0 : 1 / static_cast<double>(i));
  EnergySplit best;
  double all = 0;  // the distances of all pairs so far
  for (size_t last = 0; last < count; ++last) {
    double sum = 0;
    for (size_t i = 0; i < last; ++i) {
      to_earlier_[i] = sum;
      sum += std::fabs(values[i] - values[last]);
    }
    to_earlier_[last] = sum;
    all += sum;
    const size_t to = last + 1;
    // With n values before and m after: n m / (n + m) times twice the mean distance between less both mean ones within.
    for (size_t at = shortest; at <= last; ++at) {
      between_[at] += to_earlier_[at];
      within_[at] += sum - to_earlier_[at];
      if (at + shortest > to) continue;
      const auto n = static_cast<double>(at);
      const auto m = static_cast<double>(to - at);
      const double strength =
          inverse_[to] * (2 * between_[at] - n * m * left_[at] - 2 * n * within_[at] * inverse_[to - at - 1]);
      if (strength > best.strength) best = {at, to, strength};
    }
    if (to >= 2) left_[to] = 2 * all * inverse_[to] * inverse_[to - 1];
  }
  return best;
}

}  // namespace umb
