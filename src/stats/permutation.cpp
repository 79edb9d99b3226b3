// SPDX-License-Identifier: Apache-2.0
#include "stats/moments.h"
#include "stats/rank_sum.h"
#include "stats/two_samples.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace umb {

double permutation_p(std::span<const double> a, std::span<const double> b) {
  constexpr double kMostWays = 1e6;
  // smallest_rank_sum_p() is 2 over the number of ways.
  if (a.empty() || b.empty() || smallest_rank_sum_p(a.size(), b.size()) < 2 / kMostWays) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  std::vector<double> values(a.begin(), a.end());
  values.insert(values.end(), b.begin(), b.end());
  // Centred on 0, how far the sum of one side is from 0 says how far the means lie apart.
  const double centre = mean(values);
  double largest = 0;
  for (double& value : values) {
    value -= centre;
    largest = std::fmax(largest, std::fabs(value));
  }
  std::vector<bool> on_a(values.size());
  std::fill_n(on_a.begin(), a.size(), true);
  const auto distance = [&] {
    double sum = 0;
    for (size_t i = 0; i < values.size(); ++i) sum += on_a[i] ? values[i] : 0;
    return std::fabs(sum);
  };
  // What differs by rounding only is as far.
  const double observed = distance() - 1e-12 * largest * static_cast<double>(values.size());
  size_t ways = 0;
  size_t as_far = 0;
  do {
    ++ways;
    if (distance() >= observed) ++as_far;
  } while (std::prev_permutation(on_a.begin(), on_a.end()));
  return static_cast<double>(as_far) / static_cast<double>(ways);
}

}  // namespace umb
