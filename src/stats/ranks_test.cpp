// SPDX-License-Identifier: Apache-2.0
#include "stats/ranks.h"

#include "stats/beta.h"
#include "stats/hodges_lehmann.h"
#include "stats/rank_sum.h"
#include "stats/signed_rank.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

using Values = std::vector<double>;

Values normal_values(size_t n, unsigned seed, double shift = 0) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal(shift);
  Values values(n);
  for (double& value : values) value = normal(engine);
  return values;
}

TEST(Ranks, are_shared_by_equal_values) {
  const Ranks found = ranks(std::span<const double>(Values{5, 1, 5, 9}));
  EXPECT_EQ(found.doubled, (std::vector<size_t>{5, 2, 5, 8}));
  EXPECT_EQ(found.tie_sum, 6);
  EXPECT_EQ(ranks(std::span<const double>()).tie_sum, 0);
}

TEST(RankSum, gives_1_where_all_values_are_alike_and_no_number_for_an_empty_side) {
  EXPECT_EQ(rank_sum_p(Values{1, 1, 1}, Values{1, 1}), 1);
  EXPECT_EQ(rank_sum_p(Values(60, 1), Values(60, 1)), 1);
  EXPECT_TRUE(std::isnan(rank_sum_p({}, Values{1})));
  EXPECT_TRUE(std::isnan(rank_sum_p_asymptotic(Values{1}, {}, true, Alternative::kTwoSided)));
  EXPECT_TRUE(std::isnan(vargha_delaney({}, Values{1})));
}

TEST(RankSum, does_not_mind_which_side_is_which) {
  const Values a = normal_values(5, 1);
  const Values b = normal_values(12, 2, 1);
  EXPECT_DOUBLE_EQ(rank_sum_p(a, b), rank_sum_p(b, a));
  EXPECT_DOUBLE_EQ(rank_sum_p(a, b, Alternative::kLess), rank_sum_p(b, a, Alternative::kGreater));
}

TEST(RankSum, with_one_tie_is_near_what_it_is_without) {
  EXPECT_NEAR(rank_sum_p(Values{1, 2, 3, 4, 5, 6}, Values{4, 7, 8, 9, 10, 11}),
              rank_sum_p(Values{1, 2, 3, 4, 5, 6}, Values{4.1, 7, 8, 9, 10, 11}), 0.005);
}

TEST(RankSum, goes_over_to_the_approximation_without_a_jump) {
  const Values a = normal_values(50, 3);
  const Values b = normal_values(51, 4, 0.5);
  const auto but_one = std::span(b).first(50);
  EXPECT_NEAR(rank_sum_p(a, but_one), rank_sum_p_asymptotic(a, but_one, true, Alternative::kTwoSided), 2e-3);
  EXPECT_EQ(rank_sum_p(a, b), rank_sum_p_asymptotic(a, b, true, Alternative::kTwoSided));
}

TEST(RankSum, has_an_exact_p_for_fifty_against_fifty) {
  Values low(50);
  std::iota(low.begin(), low.end(), 0.0);
  Values high(50);
  std::iota(high.begin(), high.end(), 100.0);
  EXPECT_NEAR(rank_sum_p(low, high) / smallest_rank_sum_p(50, 50), 1, 1e-12);
  high[0] = low[49];  // and with ties
  EXPECT_GT(rank_sum_p(low, high), smallest_rank_sum_p(50, 50));
}

TEST(SmallestRankSumP, neither_overflows_nor_exceeds_1) {
  EXPECT_EQ(smallest_rank_sum_p(0, 5), 1);
  EXPECT_EQ(smallest_rank_sum_p(1, 1), 1);
  EXPECT_GT(smallest_rank_sum_p(500, 500), 0);
  EXPECT_LT(smallest_rank_sum_p(500, 500), 1e-290);
  EXPECT_EQ(smallest_rank_sum_p(100'000, 100'000), 0);
}

TEST(MosesInterval, needs_four_values_a_side_for_95_percent) {
  EXPECT_FALSE(moses_interval(Values{1, 2, 3}, Values{4, 5, 6}, 0.95));
  EXPECT_TRUE(moses_interval(Values{1, 2, 3, 4}, Values{5, 6, 7, 8}, 0.95));
  EXPECT_FALSE(moses_interval({}, Values{5, 6, 7, 8}, 0.95));
  EXPECT_FALSE(moses_interval({}, {}, 0.95));
}

TEST(MosesInterval, reaches_the_levels_that_the_documents_name) {
  const std::pair<size_t, double> by_count[] = {{4, 0.971}, {5, 0.968}, {6, 0.959}, {7, 0.962}, {8, 0.950}};
  for (const auto& [k, wanted] : by_count) {
    const ShiftInterval interval =
        moses_interval(normal_values(k, 1), normal_values(k, 2), 0.95).value_or(ShiftInterval());
    EXPECT_NEAR(interval.achieved, wanted, 0.0006) << k;
  }
}

TEST(MosesInterval, of_three_a_side_at_90_percent_is_not_decided_by_rounding) {
  const ShiftInterval interval = moses_interval(Values{1, 2, 3}, Values{4, 5, 7}, 0.90).value_or(ShiftInterval());
  EXPECT_EQ(interval.low, 1);
  EXPECT_EQ(interval.high, 6);
  EXPECT_NEAR(interval.achieved, 0.9, 1e-12);
}

TEST(MosesInterval, is_nearly_the_exact_one_where_it_is_approximate) {
  const Values a = normal_values(60, 5);
  const Values b = normal_values(60, 6, 1);
  Values differences;
  for (const double of_a : a) {
    for (const double of_b : b) differences.push_back(of_b - of_a);
  }
  const ShiftInterval exact =
      between_tails(differences, exact_cut(u_null_distribution(60, 60), 0.95)).value_or(ShiftInterval());
  const ShiftInterval interval = moses_interval(a, b, 0.95).value_or(ShiftInterval());
  EXPECT_GT(exact.high, exact.low);
  EXPECT_NEAR(interval.low, exact.low, 0.005);
  EXPECT_NEAR(interval.high, exact.high, 0.005);
  EXPECT_EQ(interval.achieved, 0.95);
}

TEST(HodgesLehmann, gives_no_number_for_nothing) {
  EXPECT_TRUE(std::isnan(hodges_lehmann_shift({}, Values{1})));
  EXPECT_TRUE(std::isnan(pseudomedian({})));
}

TEST(SignedRank, leaves_zeroes_out) {
  EXPECT_EQ(signed_rank_p(Values{0, 0, 0}), 1);
  EXPECT_DOUBLE_EQ(signed_rank_p(Values{0, 1, 2, 3, 4, 5, 6}), signed_rank_p(Values{1, 2, 3, 4, 5, 6}));
  EXPECT_TRUE(std::isnan(signed_rank_p({})));
}

TEST(SignedRank, is_exact_with_ties_too) {
  // Ranks 1.5, 1.5, 3: the sum of one sign is 0 in one of 8 ways, and so is that of the other.
  EXPECT_DOUBLE_EQ(signed_rank_p(Values{1, 1, 2}), 0.25);
  EXPECT_DOUBLE_EQ(signed_rank_p(Values{-1, 1, 2}), 0.75);
}

TEST(SignedRank, is_nearly_exact_where_it_is_approximate) {
  const Values differences = normal_values(201, 8, 0.15);
  const std::vector<double> chance = signed_rank_null_distribution(201);
  const auto sum = static_cast<ptrdiff_t>(positive_rank_sum(differences));
  const double exact = 2 * std::accumulate(chance.begin() + sum, chance.end(), 0.0);
  EXPECT_GT(exact, 0.001);
  EXPECT_LT(exact, 0.5);
  EXPECT_NEAR(signed_rank_p(differences), exact, exact / 100);
}

TEST(SignedRank, of_sizes_all_alike_is_the_test_of_signs) {
  Values differences(250, 1);
  std::fill_n(differences.begin(), 100, -1);
  const double exact = 2 * binomial_below(250, 0.5, 100);
  EXPECT_NEAR(signed_rank_p(differences), exact, exact / 4);
}

TEST(WalshInterval, goes_over_to_the_approximation_without_a_jump) {
  const Values differences = normal_values(201, 8, 0.15);
  const ShiftInterval below = walsh_interval(std::span(differences).first(200), 0.95).value_or(ShiftInterval());
  const ShiftInterval above = walsh_interval(differences, 0.95).value_or(ShiftInterval());
  EXPECT_GT(below.high, below.low);
  EXPECT_NEAR(above.low, below.low, 0.02);
  EXPECT_NEAR(above.high, below.high, 0.02);
}

TEST(WalshInterval, needs_six_differences_for_95_percent_and_five_for_90) {
  EXPECT_FALSE(walsh_interval(Values{1, 2, 3, 4, 5}, 0.95));
  EXPECT_TRUE(walsh_interval(Values{1, 2, 3, 4, 5, 6}, 0.95));
  EXPECT_FALSE(walsh_interval(Values{1, 2, 3, 4}, 0.90));
  EXPECT_TRUE(walsh_interval(Values{1, 2, 3, 4, 5}, 0.90));
  EXPECT_FALSE(walsh_interval({}, 0.90));
}

}  // namespace
}  // namespace umb
