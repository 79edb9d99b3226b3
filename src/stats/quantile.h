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
[[nodiscard]] double harrell_davis(std::span<const int64_t> sorted, double p);

/// The standard error of the p-quantile of ascending values by Maritz and Jarrett, if they are independent. NaN for
/// fewer than two values and where p lies below the first of them, p n < 0.5.
[[nodiscard]] double maritz_jarrett_se(std::span<const double> sorted, double p);

/// The mean of what is left of ascending values without a share (in [0, 0.5)) at either end, rounded down to whole
/// values. NaN for no values.
[[nodiscard]] double trimmed_mean(std::span<const double> sorted, double share);

/// The median of the absolute distances from the median, unscaled; the values in any order. NaN for no values.
[[nodiscard]] double median_absolute_deviation(std::span<const double> values);

}  // namespace umb
