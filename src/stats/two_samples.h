// SPDX-License-Identifier: Apache-2.0
// Are the means of two samples different, and by how much: one value per unit (a boot), never raw samples of one boot,
// which are not independent. Values are often logarithms, so that a difference is the logarithm of a ratio.
#pragma once

#include "stats/order_interval.h"

#include <optional>
#include <span>

namespace umb {

/// The mean of b minus that of a (or the mean of paired differences), and what a t test says of it. Without any spread
/// the standard error is 0, and p is 1 for a difference of exactly 0 and 0 for any other.
struct MeanDifference {
  double estimate = 0;
  double standard_error = 0;
  double df = 0;       ///< degrees of freedom, > 0
  double p_value = 1;  ///< two-sided, of "no difference"
};

/// Unequal variances, degrees of freedom by Satterthwaite. Nothing below 2 values a side.
[[nodiscard]] std::optional<MeanDifference> welch(std::span<const double> a, std::span<const double> b);
/// One variance for both sides. Nothing for an empty side, or for one value on each.
[[nodiscard]] std::optional<MeanDifference> student_pooled(std::span<const double> a, std::span<const double> b);
/// As student_pooled(), the variance being joined by one known from elsewhere (a noise profile): prior_sd, worth
/// prior_df degrees of freedom. Works from 1 value a side; nothing for an empty side, a negative or not finite prior,
/// or no degree of freedom at all.
[[nodiscard]] std::optional<MeanDifference> moderated_t(std::span<const double> a, std::span<const double> b,
                                                        double prior_sd, double prior_df);
/// Of differences taken within each unit. Nothing below 2 of them.
[[nodiscard]] std::optional<MeanDifference> paired_t(std::span<const double> differences);

/// Where the true difference lies with that confidence, in (0, 1); the estimate alone without spread.
[[nodiscard]] Interval t_interval(const MeanDifference& difference, double confidence);

/// The p-value of "the difference is margin or more, either way" (two one-sided tests): small means as good as equal.
/// It is below alpha exactly where the 1 - 2 alpha interval lies inside (-margin, margin). margin > 0.
[[nodiscard]] double tost_p(const MeanDifference& difference, double margin);

/// The share of all ways to divide the values over the two sides whose means lie at least as far apart as these.
/// NaN for an empty side, and above some million ways (more than 11 values a side), which would take seconds.
[[nodiscard]] double permutation_p(std::span<const double> a, std::span<const double> b);

}  // namespace umb
