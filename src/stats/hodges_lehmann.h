// SPDX-License-Identifier: Apache-2.0
// Shifts by medians of pairs: hardly moved by a few strange units. No value may be NaN, which has no rank.
#pragma once

#include "stats/shift_interval.h"

#include <optional>
#include <span>
#include <vector>

namespace umb {

/// The median of all differences b - a; NaN for an empty side. Takes memory for n m values, as does moses_interval().
[[nodiscard]] double hodges_lehmann_shift(std::span<const double> a, std::span<const double> b);

/// Moses' interval of that shift: from the c-th smallest difference to the c-th largest, c the number of u with
/// P(U <= u) <= (1-confidence)/2 for Mann and Whitney's U, exact as far as rank_sum_p() is. Nothing when c is 0 (for
/// 95%: below 4 values a side).
[[nodiscard]] std::optional<ShiftInterval> moses_interval(std::span<const double> a, std::span<const double> b,
                                                          double confidence);

/// Walsh's averages: all means of two values, each value with itself too, n(n+1)/2 in no order.
[[nodiscard]] std::vector<double> walsh_averages(std::span<const double> values);
/// Their median; NaN for no values.
[[nodiscard]] double pseudomedian(std::span<const double> values);

}  // namespace umb
