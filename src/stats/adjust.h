// SPDX-License-Identifier: Apache-2.0
// p-values adjusted for being several: compare them with the level that the whole family should keep. All take values
// in [0, 1] and give as many in the same order.
#pragma once

#include <span>
#include <vector>

namespace umb {

/// Against even one false alarm in the family, whatever the dependence; never larger than bonferroni().
[[nodiscard]] std::vector<double> holm(std::span<const double> p_values);
[[nodiscard]] std::vector<double> bonferroni(std::span<const double> p_values);
/// q-values, against the share of false alarms among all alarms: for independent or positively dependent values.
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<const double> p_values);
/// The same whatever the dependence.
[[nodiscard]] std::vector<double> benjamini_yekutieli(std::span<const double> p_values);

}  // namespace umb
