// SPDX-License-Identifier: Apache-2.0
#include "stats/autocorrelation.h"

#include "base/clock.h"

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

/// Each value is `memory` times the one before and noise: tau is (1 + memory) / (1 - memory).
std::vector<int64_t> series(size_t n, double memory, unsigned seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  std::vector<int64_t> values(n);
  double state = 0;
  for (int64_t& value : values) {
    state = memory * state + normal(engine);
    value = static_cast<int64_t>(1e6 * std::exp(state / 3));
  }
  return values;
}

double mean_time(size_t n, double memory) {
  double sum = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) sum += autocorrelation_time(series(n, memory, seed));
  return sum / 20;
}

TEST(AutocorrelationTime, of_independent_values_is_about_1) {
  EXPECT_GE(mean_time(600, 0), 1);
  EXPECT_LT(mean_time(600, 0), 1.3);
  EXPECT_LT(mean_time(80, 0), 1.4);
}

TEST(AutocorrelationTime, of_values_that_remember_is_what_theory_says) {
  EXPECT_NEAR(mean_time(10'000, 0.5), 3, 0.5);
  EXPECT_NEAR(mean_time(10'000, 0.9), 19, 4);
}

TEST(AutocorrelationTime, of_values_that_swing_is_1_and_never_less) {
  EXPECT_EQ(autocorrelation_time(series(600, -0.5, 1)), 1);
}

TEST(AutocorrelationTime, of_a_series_with_one_step_is_a_good_part_of_it) {
  // As a host that is fast for its first 500 of 2000 samples.
  auto values = series(2000, 0, 1);
  for (size_t i = 0; i < 500; ++i) values[i] /= 100;
  EXPECT_GT(autocorrelation_time(values), 200);
}

TEST(AutocorrelationTime, is_not_moved_by_a_huge_value) {
  auto values = series(600, 0.9, 1);
  const double before = autocorrelation_time(values);
  values[300] = INT64_MAX;
  EXPECT_NEAR(autocorrelation_time(values), before, before / 10);
}

TEST(AutocorrelationTime, is_1_for_few_values_and_for_values_all_alike) {
  std::vector<int64_t> rising(20);
  std::iota(rising.begin(), rising.end(), 0);
  EXPECT_EQ(autocorrelation_time(std::span(rising).first(19)), 1);
  EXPECT_GT(autocorrelation_time(rising), 1);
  EXPECT_EQ(autocorrelation_time(std::vector<int64_t>(100, 7)), 1);
  EXPECT_EQ(autocorrelation_time({}), 1);
}

TEST(AutocorrelationTime, of_a_million_values_is_quick) {
  std::vector<int64_t> rising(1'000'000);
  std::iota(rising.begin(), rising.end(), 0);
  const int64_t before = thread_cpu_ns();
  const double tau = autocorrelation_time(rising);
  EXPECT_GT(tau, 1000);
  EXPECT_LE(tau, 1 + 2 * 1000);  // no more lags than that
#ifdef __OPTIMIZE__
  EXPECT_LT(thread_cpu_ns() - before, 200'000'000);
#else
  EXPECT_LT(thread_cpu_ns() - before, 10'000'000'000);  // the build with sanitizers is not optimised
#endif
}

TEST(Autocorrelation, of_nothing_or_of_values_all_alike_is_not_a_number) {
  EXPECT_TRUE(std::isnan(autocorrelation({}, 2)[0]));
  EXPECT_TRUE(std::isnan(autocorrelation(std::vector<double>(5, 0.1), 2)[1]));
  EXPECT_TRUE(std::isnan(ljung_box(std::vector<double>(5, 0.1), 2).p_value));
}

TEST(Autocorrelation, is_zero_beyond_the_last_pair) {
  const auto found = autocorrelation(std::vector<double>{1, 2, 3}, 4);
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[0], 1);
  EXPECT_EQ(found[3], 0);
  EXPECT_EQ(found[4], 0);
}

}  // namespace
}  // namespace umb
