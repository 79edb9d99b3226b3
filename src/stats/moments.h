// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace umb {

/// NaN for no values.
[[nodiscard]] double mean(std::span<const double> values);
/// The sum of the squared distances from the mean; 0 for fewer than two values.
[[nodiscard]] double squared_distances(std::span<const double> values);
/// The unbiased one, by n-1; NaN for fewer than two values.
[[nodiscard]] double variance(std::span<const double> values);

}  // namespace umb
