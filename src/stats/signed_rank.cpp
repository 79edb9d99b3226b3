// SPDX-License-Identifier: Apache-2.0
#include "stats/signed_rank.h"

#include "stats/ranks.h"
#include "stats/student.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace umb {

namespace {

constexpr size_t kMostExact = 200;

/// How likely each sum is if each weight joins it or not, by the toss of a coin.
std::vector<double> coin_sums(const std::vector<size_t>& weights) {
  std::vector<double> chance(std::accumulate(weights.begin(), weights.end(), size_t{1}), 0);
  chance[0] = 1;
  for (const size_t weight : weights) {
    for (size_t sum = chance.size(); sum > 0; --sum) {
      const double with = sum > weight ? chance[sum - 1 - weight] : 0;
      chance[sum - 1] = (chance[sum - 1] + with) / 2;
    }
  }
  return chance;
}

struct SignedRanks {
  Ranks by_size;           ///< of the absolute differences that are not 0
  size_t doubled_sum = 0;  ///< of the positive ones
};

SignedRanks signed_ranks(std::span<const double> differences) {
  std::vector<double> sizes;
  std::vector<bool> positive;
  for (const double difference : differences) {
    if (difference == 0) continue;
    sizes.push_back(std::fabs(difference));
    positive.push_back(difference > 0);
  }
  SignedRanks found{ranks(std::span<const double>(sizes)), 0};
  for (size_t i = 0; i < positive.size(); ++i) {
    if (positive[i]) found.doubled_sum += found.by_size.doubled[i];
  }
  return found;
}

}  // namespace

double positive_rank_sum(std::span<const double> differences) {
  return static_cast<double>(signed_ranks(differences).doubled_sum) / 2;
}

std::vector<double> signed_rank_null_distribution(size_t n) {
  std::vector<size_t> weights(n);
  std::iota(weights.begin(), weights.end(), size_t{1});
  return coin_sums(weights);
}

double signed_rank_p(std::span<const double> differences) {
  if (differences.empty()) return std::numeric_limits<double>::quiet_NaN();
  const SignedRanks signs = signed_ranks(differences);
  const std::vector<size_t>& doubled = signs.by_size.doubled;
  const size_t all = std::accumulate(doubled.begin(), doubled.end(), size_t{0});
  const size_t smaller = std::min(signs.doubled_sum, all - signs.doubled_sum);
  if (doubled.size() <= kMostExact) {
    const std::vector<double> chance = coin_sums(doubled);
    const auto end = chance.begin() + static_cast<ptrdiff_t>(smaller) + 1;
    return std::min(1.0, 2 * std::accumulate(chance.begin(), end, 0.0));
  }
  const auto n = static_cast<double>(doubled.size());
  const double variance = n * (n + 1) * (2 * n + 1) / 24 - signs.by_size.tie_sum / 48;
  const double distance = static_cast<double>(all) / 4 - static_cast<double>(smaller) / 2;
  return std::min(1.0, 2 * normal_above((distance - 0.5) / std::sqrt(variance)));
}

std::optional<ShiftInterval> walsh_interval(std::span<const double> differences, double confidence) {
  const size_t n = differences.size();
  if (n <= kMostExact) {
    return between_tails(walsh_averages(differences), exact_cut(signed_rank_null_distribution(n), confidence));
  }
  const auto count = static_cast<double>(n);
  const double deviation = std::sqrt(count * (count + 1) * (2 * count + 1) / 24);
  return between_tails(walsh_averages(differences), normal_cut(count * (count + 1) / 4, deviation, confidence));
}

}  // namespace umb
