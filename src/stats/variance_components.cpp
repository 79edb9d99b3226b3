// SPDX-License-Identifier: Apache-2.0
#include "stats/variance_components.h"

#include "stats/beta.h"
#include "stats/moments.h"

#include <limits>

namespace umb {

std::optional<VarianceComponents> variance_components(std::span<const std::vector<double>> groups) {
  double n = 0;
  std::vector<double> means;
  double squared_sizes = 0;
  double inside = 0;
  for (const auto& group : groups) {
    if (group.empty()) return std::nullopt;
    const auto size = static_cast<double>(group.size());
    n += size;
    means.push_back(mean(group));
    squared_sizes += size * size;
    inside += squared_distances(group);
  }
  const double df_between = static_cast<double>(groups.size()) - 1;
  const double df_within = n - static_cast<double>(groups.size());
  if (df_between < 1 || df_within < 1) return std::nullopt;

  // Relative to one of the means, so that equal ones have no distance by rounding.
  double centre = means.front();
  for (size_t i = 0; i < means.size(); ++i) {
    centre += static_cast<double>(groups[i].size()) / n * (means[i] - means.front());
  }
  double outside = 0;
  for (size_t i = 0; i < means.size(); ++i) {
    outside += static_cast<double>(groups[i].size()) * (means[i] - centre) * (means[i] - centre);
  }
  VarianceComponents found;
  found.mean_square_between = outside / df_between;
  found.mean_square_within = inside / df_within;
  if (outside == 0 && inside == 0) return found;
  // The size that groups of one size would have for the same weight.
  const double typical_size = (n - squared_sizes / n) / df_between;
  found.within = found.mean_square_within;
  found.between = (found.mean_square_between - found.mean_square_within) / typical_size;
  found.icc = found.between / (found.between + found.within);
  found.f =
      inside == 0 ? std::numeric_limits<double>::infinity() : found.mean_square_between / found.mean_square_within;
  found.p_value = beta_below(df_within / 2, df_between / 2, inside / (inside + outside));
  return found;
}

}  // namespace umb
