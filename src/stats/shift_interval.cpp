// SPDX-License-Identifier: Apache-2.0
#include "stats/shift_interval.h"

#include "stats/student.h"

#include <algorithm>
#include <cmath>

namespace umb {

TailCut exact_cut(std::span<const double> null_distribution, double confidence) {
  // Where P(U <= u) is the tail itself, as 1/20 is for 3 against 3 values and 90%, rounding must not decide.
  const double tail = (1 - confidence) / 2 * (1 + 1e-12);
  TailCut cut;
  double below = 0;
  while (cut.count < null_distribution.size() && below + null_distribution[cut.count] <= tail) {
    below += null_distribution[cut.count];
    ++cut.count;
  }
  cut.achieved = 1 - 2 * below;
  return cut;
}

TailCut normal_cut(double mean, double standard_deviation, double confidence) {
  const double cut = mean - normal_quantile((1 + confidence) / 2) * standard_deviation;
  return {cut > 0 ? static_cast<size_t>(cut) : 0, confidence};
}

std::optional<ShiftInterval> between_tails(std::vector<double> values, TailCut cut) {
  if (cut.count == 0 || cut.count > values.size()) return std::nullopt;
  std::sort(values.begin(), values.end());
  return ShiftInterval{values[cut.count - 1], values[values.size() - cut.count], cut.achieved};
}

}  // namespace umb
