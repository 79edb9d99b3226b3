// SPDX-License-Identifier: Apache-2.0
#include "stats/two_samples.h"

#include "stats/moments.h"
#include "stats/student.h"

#include <cmath>

namespace umb {

namespace {

MeanDifference judged(double estimate, double standard_error, double df) {
  if (standard_error == 0) return {estimate, 0, df, estimate == 0 ? 1.0 : 0.0};
  return {estimate, standard_error, df, t_two_sided(estimate / standard_error, df)};
}

double size(std::span<const double> values) {
  return static_cast<double>(values.size());
}

}  // namespace

std::optional<MeanDifference> welch(std::span<const double> a, std::span<const double> b) {
  if (a.size() < 2 || b.size() < 2) return std::nullopt;
  const double of_a = variance(a) / size(a);
  const double of_b = variance(b) / size(b);
  const double both = of_a + of_b;
  const double df =
      both == 0 ? size(a) + size(b) - 2 : both * both / (of_a * of_a / (size(a) - 1) + of_b * of_b / (size(b) - 1));
  return judged(mean(b) - mean(a), std::sqrt(both), df);
}

std::optional<MeanDifference> student_pooled(std::span<const double> a, std::span<const double> b) {
  return moderated_t(a, b, 0, 0);
}

std::optional<MeanDifference> moderated_t(std::span<const double> a, std::span<const double> b, double prior_sd,
                                          double prior_df) {
  const double df = prior_df + size(a) + size(b) - 2;
  if (!std::isfinite(prior_sd) || !std::isfinite(prior_df) || prior_sd < 0 || prior_df < 0) return std::nullopt;
  if (a.empty() || b.empty() || df <= 0) return std::nullopt;
  const double variance = (prior_df * prior_sd * prior_sd + squared_distances(a) + squared_distances(b)) / df;
  return judged(mean(b) - mean(a), std::sqrt(variance * (1 / size(a) + 1 / size(b))), df);
}

std::optional<MeanDifference> paired_t(std::span<const double> differences) {
  if (differences.size() < 2) return std::nullopt;
  const double standard_error = std::sqrt(variance(differences) / size(differences));
  return judged(mean(differences), standard_error, size(differences) - 1);
}

Interval t_interval(const MeanDifference& difference, double confidence) {
  const double half = difference.standard_error * t_quantile((1 + confidence) / 2, difference.df);
  return {difference.estimate - half, difference.estimate + half};
}

double tost_p(const MeanDifference& difference, double margin) {
  const double inside = margin - std::fabs(difference.estimate);
  if (difference.standard_error == 0) return inside > 0 ? 0 : 1;
  // The side that the estimate is nearer to has the larger p of the two.
  return t_above(inside / difference.standard_error, difference.df);
}

}  // namespace umb
