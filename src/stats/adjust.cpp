// SPDX-License-Identifier: Apache-2.0
#include "stats/adjust.h"

#include <algorithm>
#include <numeric>

namespace umb {

namespace {

/// Which values are the smallest, the next, and so on.
std::vector<size_t> ascending_order(std::span<const double> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t x, size_t y) { return values[x] < values[y]; });
  return order;
}

/// From the largest p down, each is p times factor / its rank, never above the one before.
std::vector<double> step_up(std::span<const double> p_values, double factor) {
  const std::vector<size_t> order = ascending_order(p_values);
  std::vector<double> adjusted(p_values.size());
  double limit = 1;
  for (size_t rank = order.size(); rank > 0; --rank) {
    const size_t i = order[rank - 1];
    limit = std::min(limit, p_values[i] * factor / static_cast<double>(rank));
    adjusted[i] = limit;
  }
  return adjusted;
}

}  // namespace

std::vector<double> holm(std::span<const double> p_values) {
  const std::vector<size_t> order = ascending_order(p_values);
  std::vector<double> adjusted(p_values.size());
  double floor = 0;
  for (size_t smaller = 0; smaller < order.size(); ++smaller) {
    const size_t i = order[smaller];
    floor = std::max(floor, std::min(1.0, p_values[i] * static_cast<double>(order.size() - smaller)));
    adjusted[i] = floor;
  }
  return adjusted;
}

std::vector<double> bonferroni(std::span<const double> p_values) {
  std::vector<double> adjusted(p_values.begin(), p_values.end());
  for (double& p : adjusted) p = std::min(1.0, p * static_cast<double>(p_values.size()));
  return adjusted;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  return step_up(p_values, static_cast<double>(p_values.size()));
}

std::vector<double> benjamini_yekutieli(std::span<const double> p_values) {
  double harmonic = 0;
  for (size_t i = 1; i <= p_values.size(); ++i) harmonic += 1 / static_cast<double>(i);
  return step_up(p_values, static_cast<double>(p_values.size()) * harmonic);
}

}  // namespace umb
