// SPDX-License-Identifier: Apache-2.0
#include "stats/histogram.h"

#include <algorithm>
#include <cmath>

namespace umb {

Histogram log_histogram(std::span<const int64_t> sorted, size_t bin_count) {
  Histogram histogram;
  if (sorted.empty() || bin_count == 0) return histogram;
  histogram.bins.assign(bin_count, 0);
  const size_t outside = sorted.size() / 200;
  histogram.low = static_cast<double>(std::max<int64_t>(sorted[outside], 1));
  histogram.high = static_cast<double>(std::max<int64_t>(sorted[sorted.size() - 1 - outside], 1));
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
