// SPDX-License-Identifier: Apache-2.0
#include "stats/autocorrelation.h"

#include "stats/moments.h"
#include "stats/quiet.h"
#include "stats/ranks.h"

#include <algorithm>
#include <limits>

#include <boost/math/special_functions/gamma.hpp>

namespace umb {

namespace {

/// The sum of the products of values with those `lag` later. Whole numbers up to 10^4 can't overflow it.
template <typename Sum, typename Value>
Sum lagged_product(const std::vector<Value>& values, size_t lag) {
  Sum sum = 0;
  for (size_t i = lag; i < values.size(); ++i) sum += values[i] * values[i - lag];
  return sum;
}

}  // namespace

std::vector<double> autocorrelation(std::span<const double> in_time_order, size_t max_lag) {
  std::vector<double> distances(in_time_order.begin(), in_time_order.end());
  const double centre = mean(in_time_order);
  for (double& value : distances) value -= centre;
  const double all = lagged_product<double>(distances, 0);
  std::vector<double> correlations(max_lag + 1, std::numeric_limits<double>::quiet_NaN());
  if (!(all > 0)) return correlations;
  for (size_t lag = 0; lag <= max_lag; ++lag) correlations[lag] = lagged_product<double>(distances, lag) / all;
  return correlations;
}

LjungBox ljung_box(std::span<const double> in_time_order, size_t lags) {
  const std::vector<double> correlations = autocorrelation(in_time_order, lags);
  const auto n = static_cast<double>(in_time_order.size());
  double sum = 0;
  for (size_t lag = 1; lag <= lags; ++lag) {
    sum += correlations[lag] * correlations[lag] / (n - static_cast<double>(lag));
  }
  const double q = n * (n + 2) * sum;
  return {q, boost::math::gamma_q(static_cast<double>(lags) / 2, q / 2, Quiet())};
}

double autocorrelation_time(std::span<const int64_t> in_time_order) {
  constexpr size_t kFewest = 20;
  constexpr size_t kMostValues = 10'000;
  constexpr size_t kMostLags = 1'000;
  if (in_time_order.size() < kFewest) return 1;
  const Ranks found = ranks(in_time_order.first(std::min(in_time_order.size(), kMostValues)));
  // Doubled ranks less their mean are whole numbers below 10^4, which the processor multiplies several at a time.
  const auto centre = static_cast<int32_t>(found.doubled.size() + 1);
  std::vector<int32_t> distances;
  distances.reserve(found.doubled.size());
  for (const size_t doubled : found.doubled) distances.push_back(static_cast<int32_t>(doubled) - centre);
  const auto all = static_cast<double>(lagged_product<int64_t>(distances, 0));
  double tau = 1;
  for (size_t lag = 1; lag <= kMostLags && lag < distances.size(); ++lag) {
    const auto product = static_cast<double>(lagged_product<int64_t>(distances, lag));
    if (!(product > 0)) break;
    tau += 2 * product / all;
  }
  return tau;
}

}  // namespace umb
