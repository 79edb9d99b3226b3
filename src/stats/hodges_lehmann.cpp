// SPDX-License-Identifier: Apache-2.0
#include "stats/hodges_lehmann.h"

#include "stats/quantile.h"
#include "stats/rank_sum.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace umb {

namespace {

std::vector<double> all_differences(std::span<const double> a, std::span<const double> b) {
  std::vector<double> differences;
  differences.reserve(a.size() * b.size());
  for (const double of_a : a) {
    for (const double of_b : b) differences.push_back(of_b - of_a);
  }
  return differences;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return quantile(std::span<const double>(values), 0.5);
}

}  // namespace

double hodges_lehmann_shift(std::span<const double> a, std::span<const double> b) {
  return median(all_differences(a, b));
}

std::optional<ShiftInterval> moses_interval(std::span<const double> a, std::span<const double> b, double confidence) {
  const size_t pairs = a.size() * b.size();
  if (pairs <= kMostExactPairs) {
    return between_tails(all_differences(a, b), exact_cut(u_null_distribution(a.size(), b.size()), confidence));
  }
  const auto count = static_cast<double>(pairs);
  const double deviation = std::sqrt(count * static_cast<double>(a.size() + b.size() + 1) / 12);
  return between_tails(all_differences(a, b), normal_cut(count / 2, deviation, confidence));
}

std::vector<double> walsh_averages(std::span<const double> values) {
  std::vector<double> averages;
  averages.reserve(values.size() * (values.size() + 1) / 2);
  for (size_t i = 0; i < values.size(); ++i) {
    for (size_t j = 0; j <= i; ++j) averages.push_back((values[i] + values[j]) / 2);
  }
  return averages;
}

double pseudomedian(std::span<const double> values) {
  return median(walsh_averages(values));
}

}  // namespace umb
