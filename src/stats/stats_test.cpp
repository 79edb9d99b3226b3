// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"
#include "stats/histogram.h"
#include "stats/median_interval.h"
#include "stats/quantile.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

std::vector<int64_t> one_to(int64_t last) {
  std::vector<int64_t> values(static_cast<size_t>(last));
  std::iota(values.begin(), values.end(), 1);
  return values;
}

TEST(Quantile, of_no_values_is_not_a_number) {
  EXPECT_TRUE(std::isnan(quantile(std::span<const int64_t>(), 0.5)));
  EXPECT_TRUE(std::isnan(harrell_davis(std::span<const double>(), 0.5)));
  EXPECT_TRUE(std::isnan(median_absolute_deviation({})));
}

TEST(Quantile, of_the_ends_is_the_smallest_and_the_largest_value) {
  const std::vector<double> values{1, 2, 50};
  EXPECT_EQ(quantile(std::span<const double>(values), 0), 1);
  EXPECT_EQ(quantile(std::span<const double>(values), 1), 50);
  EXPECT_EQ(harrell_davis(values, 0), 1);
  EXPECT_EQ(harrell_davis(values, 1), 50);
}

TEST(HarrellDavis, of_a_million_whole_numbers_is_quick) {
  const auto values = one_to(1'000'000);
  const int64_t before = thread_cpu_ns();
  EXPECT_NEAR(harrell_davis(values, 0.5), 500'000.5, 0.01);
  EXPECT_NEAR(harrell_davis(values, 0.99), 990'000, 2);
#ifdef __OPTIMIZE__
  EXPECT_LT(thread_cpu_ns() - before, 600'000'000);
#else
  EXPECT_LT(thread_cpu_ns() - before, 10'000'000'000);  // the build with sanitizers is not optimised
#endif
}

TEST(HarrellDavis, of_whole_numbers_is_that_of_the_same_as_doubles) {
  const auto values = one_to(1000);
  const std::vector<double> as_doubles(values.begin(), values.end());
  EXPECT_EQ(harrell_davis(values, 0.9), harrell_davis(as_doubles, 0.9));
  EXPECT_TRUE(std::isnan(harrell_davis(std::span<const int64_t>(), 0.5)));
}

TEST(MaritzJarrett, is_near_the_standard_error_of_a_uniform_median) {
  const auto values = one_to(10'000);
  const std::vector<double> as_doubles(values.begin(), values.end());
  EXPECT_NEAR(maritz_jarrett_se(as_doubles, 0.5), 50, 0.5);
}

TEST(MaritzJarrett, is_not_a_number_below_the_first_value_and_for_fewer_than_two) {
  EXPECT_TRUE(std::isnan(maritz_jarrett_se({}, 0.5)));
  EXPECT_TRUE(std::isnan(maritz_jarrett_se(std::vector<double>{1}, 0.5)));
  EXPECT_TRUE(std::isnan(maritz_jarrett_se(std::vector<double>{1, 2, 3}, 0.1)));
}

TEST(TrimmedMean, leaves_whole_values_out_at_both_ends) {
  EXPECT_EQ(trimmed_mean(std::vector<double>{-100, 1, 2, 3, 100}, 0.2), 2);
  EXPECT_EQ(trimmed_mean(std::vector<double>{1, 2, 6}, 0.3), 3);
  EXPECT_TRUE(std::isnan(trimmed_mean({}, 0.2)));
}

TEST(OrderInterval, is_nothing_for_five_values_and_all_of_six) {
  EXPECT_FALSE(order_interval(one_to(5), 0.5, 0.95));
  const Interval interval = order_interval(one_to(6), 0.5, 0.95).value_or(Interval());
  EXPECT_EQ(interval.low, 1);
  EXPECT_EQ(interval.high, 6);
}

TEST(OrderInterval, of_a_million_values_is_near_the_normal_approximation_and_quick) {
  const int64_t before = thread_cpu_ns();
  const OrderRanks ranks = order_ranks(1'000'000, 0.5, 0.95);
  EXPECT_LT(thread_cpu_ns() - before, 200'000'000);
  EXPECT_NEAR(static_cast<double>(ranks.low.value_or(0)), 500'000 - 1.96 * 500, 3);
  EXPECT_NEAR(static_cast<double>(ranks.high.value_or(0)), 500'000 + 1.96 * 500, 3);
}

TEST(MedianInterval, is_the_one_of_the_sorted_values) {
  std::mt19937_64 engine(1);
  std::vector<int64_t> values;
  MedianInterval keeper(0.05);
  for (int i = 0; i < 1000; ++i) {
    values.push_back(static_cast<int64_t>(engine() % 100'000));
    keeper.add(values.back());
  }
  std::sort(values.begin(), values.end());
  const Interval wanted = order_interval(values, 0.5, 0.95).value_or(Interval());
  const Interval got = keeper.interval().value_or(Interval());
  EXPECT_GT(wanted.low, 0);
  EXPECT_EQ(got.low, wanted.low);
  EXPECT_EQ(got.high, wanted.high);
}

TEST(MedianInterval, is_narrow_enough_only_once_there_are_enough_values) {
  std::mt19937_64 engine(2);
  std::uniform_int_distribution<int64_t> spread(8'000'000, 16'000'000);  // as a grace period at a random phase
  MedianInterval keeper(0.05);
  size_t stopped_at = 0;
  for (size_t n = 1; n <= 5000 && stopped_at == 0; ++n) {
    keeper.add(spread(engine));
    if (keeper.narrow_enough()) stopped_at = n;
  }
  EXPECT_GT(stopped_at, 100U);
  EXPECT_LT(stopped_at, 1500U);
}

TEST(MedianInterval, of_equal_values_is_narrow_at_six) {
  MedianInterval keeper(0.05);
  for (int i = 0; i < 5; ++i) keeper.add(100);
  EXPECT_FALSE(keeper.narrow_enough());
  keeper.add(100);
  EXPECT_TRUE(keeper.narrow_enough());
}

TEST(MedianInterval, with_a_share_of_zero_never_stops) {
  MedianInterval keeper(0);
  for (int i = 0; i < 100; ++i) keeper.add(100);
  EXPECT_FALSE(keeper.narrow_enough());
}

TEST(MedianInterval, does_not_cost_more_the_more_values_there_are) {
  std::mt19937_64 engine(3);
  MedianInterval keeper(1e-9);
  constexpr int kBlocks = 2000;            // up to 200,000 values
  const int64_t before = thread_cpu_ns();  // a busy machine runs this too
  for (int block = 0; block < kBlocks; ++block) {
    for (int i = 0; i < 100; ++i) keeper.add(static_cast<int64_t>(engine() >> 20U));
    EXPECT_FALSE(keeper.narrow_enough());
  }
  const int64_t each_ns = (thread_cpu_ns() - before) / kBlocks;
  RecordProperty("ns_per_block", std::to_string(each_ns));
#ifdef __OPTIMIZE__
  EXPECT_LT(each_ns, 1'000'000);
#else
  EXPECT_LT(each_ns, 20'000'000);                       // the build with sanitizers is not optimised
#endif
}

TEST(Histogram, counts_every_value_once) {
  const auto values = one_to(1000);
  const Histogram histogram = log_histogram(values, 12);
  const uint64_t inside = std::accumulate(histogram.bins.begin(), histogram.bins.end(), uint64_t{0});
  EXPECT_EQ(inside + histogram.below + histogram.above, 1000U);
  EXPECT_EQ(histogram.below, 5U);
  EXPECT_EQ(histogram.above, 5U);
}

TEST(Histogram, has_bins_of_equal_width_on_a_log_scale) {
  std::vector<int64_t> values;
  for (int i = 0; i < 600; ++i) values.push_back(static_cast<int64_t>(100 * std::pow(1.01, i)));
  const Histogram histogram = log_histogram(values, 6);
  for (const uint64_t bin : histogram.bins) EXPECT_NEAR(static_cast<double>(bin), 99, 3);
}

TEST(Histogram, is_not_squeezed_by_an_outlier) {
  auto values = one_to(1000);
  values.back() = 1'000'000'000;
  EXPECT_LT(log_histogram(values, 12).high, 1000);
}

TEST(Histogram, leaves_nothing_outside_while_there_are_few_values) {
  const Histogram histogram = log_histogram(one_to(199), 12);
  EXPECT_EQ(histogram.below + histogram.above, 0U);
}

TEST(Histogram, of_equal_values_has_them_in_the_middle) {
  const Histogram histogram = log_histogram(std::vector<int64_t>(7, 42), 3);
  EXPECT_EQ(histogram.bins, (std::vector<uint64_t>{0, 7, 0}));
}

TEST(Histogram, of_nothing_is_empty_and_zeroes_do_no_harm) {
  EXPECT_TRUE(log_histogram({}, 12).bins.empty());
  const std::vector<int64_t> zeroes{0, 0, 0, 5};
  const Histogram histogram = log_histogram(zeroes, 4);
  EXPECT_EQ(std::accumulate(histogram.bins.begin(), histogram.bins.end(), uint64_t{0}) + histogram.above, 4U);
}

}  // namespace
}  // namespace umb
