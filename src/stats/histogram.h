// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace umb {

/// Counts in bins of equal width on a log scale from the 0.5% to the 99.5% quantile; what lies outside is counted
/// apart, so that one outlier does not squeeze all the rest into one bin.
struct Histogram {
  double low = 0;  ///< the first bin's lower edge
  double high = 0;
  std::vector<uint64_t> bins;  ///< empty for no values
  uint64_t below = 0;
  uint64_t above = 0;
};

/// Of ascending values; those below 1 count as 1, a log scale has no place for them. Where all are alike, the middle
/// bin holds them.
[[nodiscard]] Histogram log_histogram(std::span<const int64_t> sorted, size_t bin_count);

}  // namespace umb
