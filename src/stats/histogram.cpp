// SPDX-License-Identifier: Apache-2.0
#include "stats/histogram.h"

#include "stats/quantile.h"

#include <algorithm>
#include <cmath>

namespace umb {

Histogram log_histogram(std::span<const int64_t> sorted, size_t bin_count) {
  Histogram histogram;
  if (sorted.empty() || bin_count == 0) return histogram;
  histogram.bins.assign(bin_count, 0);
  histogram.low = std::max(1.0, quantile(sorted, 0.005));
  histogram.high = std::max(1.0, quantile(sorted, 0.995));
  const double width = std::log(histogram.high / histogram.low) / static_cast<double>(bin_count);
  for (const int64_t raw : sorted) {
    const auto value = static_cast<double>(std::max<int64_t>(raw, 1));
    if (value < histogram.low) {
      ++histogram.below;
    } else if (value > histogram.high) {
      ++histogram.above;
    } else if (width <= 0) {
      ++histogram.bins[bin_count / 2];
    } else {
      const auto bin = static_cast<size_t>(std::log(value / histogram.low) / width);
      ++histogram.bins[std::min(bin, bin_count - 1)];
    }
  }
  return histogram;
}

}  // namespace umb
