// SPDX-License-Identifier: Apache-2.0
#include "stats/quantile.h"

#include "stats/beta.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace umb {

namespace {

template <typename T>
double type7(std::span<const T> sorted, double p) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double position = std::clamp(p, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(position);
  const auto low = static_cast<double>(sorted[below]);
  if (below + 1 == sorted.size()) return low;
  return low + (static_cast<double>(sorted[below + 1]) - low) * (position - static_cast<double>(below));
}

}  // namespace

double quantile(std::span<const double> sorted, double p) {
  return type7(sorted, p);
}

double quantile(std::span<const int64_t> sorted, double p) {
  return type7(sorted, p);
}

double harrell_davis(std::span<const double> sorted, double p) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  if (p <= 0) return sorted.front();
  if (p >= 1) return sorted.back();
  const auto n = static_cast<double>(sorted.size());
  const double a = (n + 1) * p;
  const double b = (n + 1) * (1 - p);
  // Value j (from 0) weighs as much of Beta(a, b) as lies between j/n and (j+1)/n. Going out from the middle and
  // stopping where next to nothing is left makes it some thousand steps for a million values.
  constexpr double kNothing = 1e-20;
  const auto middle = std::min(static_cast<size_t>(p * n), sorted.size() - 1);
  double sum = 0;
  double left = beta_below(a, b, static_cast<double>(middle) / n);
  double right = beta_above(a, b, static_cast<double>(middle) / n);
  for (size_t j = middle; j > 0 && left > kNothing; --j) {
    const double next = beta_below(a, b, static_cast<double>(j - 1) / n);
    sum += (left - next) * sorted[j - 1];
    left = next;
  }
  for (size_t j = middle; j < sorted.size() && right > kNothing; ++j) {
    const double next = beta_above(a, b, static_cast<double>(j + 1) / n);
    sum += (right - next) * sorted[j];
    right = next;
  }
  return sum;
}

double median_absolute_deviation(std::span<const double> values) {
  std::vector<double> work(values.begin(), values.end());
  std::sort(work.begin(), work.end());
  const double median = quantile(std::span<const double>(work), 0.5);
  for (double& value : work) value = std::fabs(value - median);
  std::sort(work.begin(), work.end());
  return quantile(std::span<const double>(work), 0.5);
}

}  // namespace umb
