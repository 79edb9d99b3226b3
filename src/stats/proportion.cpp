// SPDX-License-Identifier: Apache-2.0
#include "stats/proportion.h"

#include "stats/student.h"

#include <cmath>

namespace umb {

Interval wilson_interval(size_t hits, size_t trials, double confidence) {
  return wilson_interval_of_share(static_cast<double>(hits) / static_cast<double>(trials), trials, confidence);
}

Interval wilson_interval_of_share(double share, size_t trials, double confidence) {
  if (trials == 0) return {0, 1};
  const double z = normal_quantile((1 + confidence) / 2);
  const auto n = static_cast<double>(trials);
  const double centre = share + z * z / (2 * n);
  const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  // At the ends they are 0 and 1 but for rounding.
  return {share == 0 ? 0 : (centre - half) / scale, share == 1 ? 1 : (centre + half) / scale};
}

}  // namespace umb
