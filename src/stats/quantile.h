// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace umb {

/// The p-quantile (p in [0, 1]) of ascending values, linear between neighbours: type 7, what numpy, R and most tools
/// show. NaN for no values.
[[nodiscard]] double quantile(std::span<const double> sorted, double p);
[[nodiscard]] double quantile(std::span<const int64_t> sorted, double p);

/// The Harrell-Davis p-quantile of ascending values: a mean of all of them, weighted by how likely each is to be the
/// quantile. Steadier than type 7 where the values lie in a few modes, as grace periods do that end on ticks. NaN for
/// no values; the smallest or largest value for p = 0 or 1.
[[nodiscard]] double harrell_davis(std::span<const double> sorted, double p);

/// The median of the absolute distances from the median, unscaled; the values in any order. NaN for no values.
[[nodiscard]] double median_absolute_deviation(std::span<const double> values);

}  // namespace umb
