// SPDX-License-Identifier: Apache-2.0
#include "stats/moments.h"

#include <limits>

namespace umb {

double mean(std::span<const double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  // Relative to one of them, so that the mean of equal values is that value and not a rounded one.
  const double first = values.front();
  double sum = 0;
  for (const double value : values) sum += value - first;
  return first + sum / static_cast<double>(values.size());
}

double squared_distances(std::span<const double> values) {
  if (values.size() < 2) return 0;
  const double centre = mean(values);
  double sum = 0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return sum;
}

double variance(std::span<const double> values) {
  if (values.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  return squared_distances(values) / (static_cast<double>(values.size()) - 1);
}

}  // namespace umb
