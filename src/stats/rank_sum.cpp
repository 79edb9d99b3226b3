// SPDX-License-Identifier: Apache-2.0
#include "stats/rank_sum.h"

#include "stats/ranks.h"
#include "stats/student.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <numeric>

namespace umb {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Ranks joint_ranks(std::span<const double> a, std::span<const double> b) {
  std::vector<double> both(a.begin(), a.end());
  both.insert(both.end(), b.begin(), b.end());
  return ranks(std::span<const double>(both));
}

double u_of_a(const Ranks& joint, size_t n) {
  const size_t doubled =
      std::accumulate(joint.doubled.begin(), joint.doubled.begin() + static_cast<ptrdiff_t>(n), size_t{0});
  return static_cast<double>(doubled - n * (n + 1)) / 2;
}

/// In how many ways `count` of the weights have each sum, from 0 to the largest. One weight after the other joins.
std::vector<double> ways_by_sum(const std::vector<size_t>& weights, size_t count) {
  std::vector<size_t> descending(weights);
  std::sort(descending.rbegin(), descending.rend());
  std::vector<std::vector<double>> ways(count + 1);
  size_t largest = 0;
  for (size_t k = 0; k <= count; ++k) {
    ways[k].assign(largest + 1, 0);
    if (k < count) largest += descending[k];
  }
  ways[0][0] = 1;
  for (const size_t weight : weights) {
    for (size_t k = count; k > 0; --k) {
      const size_t reach = std::min(ways[k - 1].size(), ways[k].size() - weight);
      for (size_t sum = 0; sum < reach; ++sum) ways[k][sum + weight] += ways[k - 1][sum];
    }
  }
  return ways[count];
}

/// P(U_a <= observed) or P(U_a >= observed), or for both sides: P(U_a at least as far from its mean).
double exact_p(const Ranks& joint, size_t n, Alternative alternative) {
  std::vector<size_t> weights = joint.doubled;
  if (joint.tie_sum == 0) {
    for (size_t& weight : weights) weight /= 2;
  }
  const auto end_of_a = weights.begin() + static_cast<ptrdiff_t>(n);
  const auto sum_of_all = static_cast<int64_t>(std::accumulate(weights.begin(), weights.end(), size_t{0}));
  // In whole numbers, so that what is as far by definition is not a little nearer by rounding.
  const auto from_mean = [&](size_t sum) {
    return static_cast<int64_t>(sum * weights.size()) - static_cast<int64_t>(n) * sum_of_all;
  };
  const int64_t observed = from_mean(std::accumulate(weights.begin(), end_of_a, size_t{0}));
  const std::vector<double> ways = ways_by_sum(weights, n);
  double all = 0;
  double as_far = 0;
  for (size_t sum = 0; sum < ways.size(); ++sum) {
    const int64_t distance = from_mean(sum);
    all += ways[sum];
    const bool counts = alternative == Alternative::kLess      ? distance <= observed
                        : alternative == Alternative::kGreater ? distance >= observed
                                                               : std::abs(distance) >= std::abs(observed);
    if (counts) as_far += ways[sum];
  }
  return as_far / all;
}

}  // namespace

double u_statistic(std::span<const double> a, std::span<const double> b) {
  return u_of_a(joint_ranks(a, b), a.size());
}

std::vector<double> u_null_distribution(size_t n, size_t m) {
  std::vector<size_t> weights(n + m);
  std::iota(weights.begin(), weights.end(), size_t{1});
  const size_t fewer = std::min(n, m);
  std::vector<double> ways = ways_by_sum(weights, fewer);
  ways.erase(ways.begin(), ways.begin() + static_cast<ptrdiff_t>(fewer * (fewer + 1) / 2));
  const double all = std::accumulate(ways.begin(), ways.end(), 0.0);
  for (double& way : ways) way /= all;
  return ways;
}

double rank_sum_p(std::span<const double> a, std::span<const double> b, Alternative alternative) {
  if (a.empty() || b.empty()) return kNaN;
  if (a.size() * b.size() > kMostExactPairs) return rank_sum_p_asymptotic(a, b, true, alternative);
  return exact_p(joint_ranks(a, b), a.size(), alternative);
}

double rank_sum_p_asymptotic(std::span<const double> a, std::span<const double> b, bool continuity,
                             Alternative alternative) {
  if (a.empty() || b.empty()) return kNaN;
  const Ranks joint = joint_ranks(a, b);
  const double pairs = static_cast<double>(a.size()) * static_cast<double>(b.size());
  const auto n = static_cast<double>(joint.doubled.size());
  const double variance = pairs / 12 * (n + 1 - joint.tie_sum / (n * (n - 1)));
  if (!(variance > 0)) return 1;
  const double distance = u_of_a(joint, a.size()) - pairs / 2;
  const double correction = continuity ? 0.5 : 0;
  const auto above = [&](double outwards) { return normal_above((outwards - correction) / std::sqrt(variance)); };
  if (alternative == Alternative::kLess) return above(-distance);
  if (alternative == Alternative::kGreater) return above(distance);
  return std::min(1.0, 2 * above(std::fabs(distance)));
}

double vargha_delaney(std::span<const double> a, std::span<const double> b) {
  return u_statistic(b, a) / (static_cast<double>(a.size()) * static_cast<double>(b.size()));
}

double smallest_rank_sum_p(size_t n, size_t m) {
  double p = 2;
  for (size_t i = 1; i <= n; ++i) p *= static_cast<double>(i) / static_cast<double>(m + i);
  return std::min(p, 1.0);
}

}  // namespace umb
