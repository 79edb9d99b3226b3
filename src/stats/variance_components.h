// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace umb {

/// How much of the variance lies between groups (boots) and how much within them, by a one-way analysis of variance.
struct VarianceComponents {
  double mean_square_between = 0;
  double mean_square_within = 0;
  double between = 0;  ///< variance of the groups' true means; negative when they lie closer than chance would have it
  double within = 0;   ///< variance inside a group
  double icc = 0;      ///< intraclass correlation, between / (between + within); may be negative too
  double f = 0;        ///< mean square between / within; infinite without spread inside the groups
  double p_value = 1;  ///< of "all groups have one mean"
};

/// Groups may differ in size. Nothing for fewer than two groups, an empty group, or no group with two values. Values
/// all alike give zeroes and a p of 1.
[[nodiscard]] std::optional<VarianceComponents> variance_components(std::span<const std::vector<double>> groups);

}  // namespace umb
