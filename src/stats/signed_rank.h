// SPDX-License-Identifier: Apache-2.0
// Wilcoxon's signed ranks: are paired differences centred on 0? Their centre is pseudomedian(), hodges_lehmann.h.
// No value may be NaN, which has no rank.
#pragma once

#include "stats/hodges_lehmann.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace umb {

/// The sum of the ranks (by absolute value) of the positive differences; zeroes are left out, ties share their rank.
[[nodiscard]] double positive_rank_sum(std::span<const double> differences);

/// P(W = w) for w = 0 ... n(n+1)/2, if the n differences are symmetric about 0.
[[nodiscard]] std::vector<double> signed_rank_null_distribution(size_t n);

/// Two-sided; exact (with ties, conditional on them) up to 200 differences that are not 0, the normal approximation
/// with continuity and tie correction beyond. 1 where all are 0; NaN for none.
[[nodiscard]] double signed_rank_p(std::span<const double> differences);

/// The interval of the pseudomedian: from the c-th smallest mean of two differences to the c-th largest, c the number
/// of w with P(W <= w) <= (1-confidence)/2. Nothing when c is 0 (for 95%: below 6 differences; for 90%: below 5).
[[nodiscard]] std::optional<ShiftInterval> walsh_interval(std::span<const double> differences, double confidence);

}  // namespace umb
