// SPDX-License-Identifier: Apache-2.0
#include "stats/quantile.h"

#include "stats/beta.h"
#include "stats/moments.h"

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

/// Calls each(i, weight) with how much of Beta(a, b) lies between i/n and (i+1)/n, for all i in [0, n) where that is
/// more than next to nothing. Going out from the middle, that is some thousand steps for a million values.
template <typename Each>
void for_each_weight(size_t size, double a, double b, const Each& each) {
  constexpr double kNothing = 1e-20;
  const auto n = static_cast<double>(size);
  const auto middle = std::min(static_cast<size_t>(a / (a + b) * n), size - 1);
  double left = beta_below(a, b, static_cast<double>(middle) / n);
  double right = beta_above(a, b, static_cast<double>(middle) / n);
  for (size_t i = middle; i > 0 && left > kNothing; --i) {
    const double next = beta_below(a, b, static_cast<double>(i - 1) / n);
    each(i - 1, left - next);
    left = next;
  }
  for (size_t i = middle; i < size && right > kNothing; ++i) {
    const double next = beta_above(a, b, static_cast<double>(i + 1) / n);
    each(i, right - next);
    right = next;
  }
}

template <typename T>
double harrell_davis_of(std::span<const T> sorted, double p) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  if (p <= 0) return static_cast<double>(sorted.front());
  if (p >= 1) return static_cast<double>(sorted.back());
  const double freedom = static_cast<double>(sorted.size()) + 1;
  double sum = 0;
  for_each_weight(sorted.size(), freedom * p, freedom * (1 - p),
                  [&](size_t i, double weight) { sum += weight * static_cast<double>(sorted[i]); });
  return sum;
}

}  // namespace

double quantile(std::span<const double> sorted, double p) {
  return type7(sorted, p);
}

double quantile(std::span<const int64_t> sorted, double p) {
  return type7(sorted, p);
}

double harrell_davis(std::span<const double> sorted, double p) {
  return harrell_davis_of(sorted, p);
}

double harrell_davis(std::span<const int64_t> sorted, double p) {
  return harrell_davis_of(sorted, p);
}

double maritz_jarrett_se(std::span<const double> sorted, double p) {
  const auto n = static_cast<double>(sorted.size());
  const double rank = std::floor(p * n + 0.5);
  if (sorted.size() < 2 || std::isnan(rank) || rank < 1 || rank > n) return std::numeric_limits<double>::quiet_NaN();
  const double centre = sorted[static_cast<size_t>(rank) - 1];
  double first = 0;
  double second = 0;
  for_each_weight(sorted.size(), rank, n - rank + 1, [&](size_t i, double weight) {
    const double distance = sorted[i] - centre;
    first += weight * distance;
    second += weight * distance * distance;
  });
  return std::sqrt(std::fmax(second - first * first, 0));
}

double trimmed_mean(std::span<const double> sorted, double share) {
  const auto cut = static_cast<size_t>(share * static_cast<double>(sorted.size()));
  return mean(sorted.subspan(cut, sorted.size() - 2 * cut));
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
