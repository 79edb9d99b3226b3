// SPDX-License-Identifier: Apache-2.0
// Mann and Whitney's U, Wilcoxon's rank sum: does b tend to be larger than a? Blind to any increasing transformation.
// No value may be NaN, which has no rank.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace umb {

/// What the p-value is against: that a and b differ, that a tends to be less than b, or greater.
enum class Alternative { kTwoSided, kLess, kGreater };

/// The number of pairs with a > b, ties counting one half: from 0 to n m.
[[nodiscard]] double u_statistic(std::span<const double> a, std::span<const double> b);

/// P(U = u) for u = 0 ... n m, if a and b are of one continuous distribution. Takes some ms for n = m = 50, and time
/// in n m squared.
[[nodiscard]] std::vector<double> u_null_distribution(size_t n, size_t m);

/// Up to so many pairs n m, p-values and intervals are exact.
inline constexpr size_t kMostExactPairs = 2500;

/// Exact up to kMostExactPairs: with ties, conditional on them (all ways to divide these very values); two-sided is
/// twice the smaller tail, at most 1. Beyond, the normal approximation with continuity and tie correction. Values all
/// alike give 1; an empty side gives NaN.
[[nodiscard]] double rank_sum_p(std::span<const double> a, std::span<const double> b,
                                Alternative alternative = Alternative::kTwoSided);
/// By the normal approximation whatever the size, with tie correction; 1 where all values are alike.
[[nodiscard]] double rank_sum_p_asymptotic(std::span<const double> a, std::span<const double> b, bool continuity,
                                           Alternative alternative);

/// The chance that a value of b is larger than one of a, ties counting one half: 0.5 means no tendency. NaN for an
/// empty side. Cliff's delta is twice this minus 1.
[[nodiscard]] double vargha_delaney(std::span<const double> a, std::span<const double> b);

/// The smallest two-sided p that n against m values without ties can give: 2 / C(n+m, n), at most 1.
[[nodiscard]] double smallest_rank_sum_p(size_t n, size_t m);

}  // namespace umb
