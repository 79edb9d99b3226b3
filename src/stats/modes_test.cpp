// SPDX-License-Identifier: Apache-2.0
#include "stats/modes.h"

#include "base/clock.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

using Engine = std::mt19937_64;
using Draw = std::function<double(Engine&)>;

double normal(Engine& engine) {
  return std::normal_distribution<double>()(engine);
}

double uniform(Engine& engine) {
  return std::uniform_real_distribution<double>(1e-12, 1)(engine);
}

std::vector<int64_t> sample(size_t n, Engine& engine, const Draw& draw) {
  std::vector<int64_t> values(n);
  for (int64_t& value : values) value = static_cast<int64_t>(draw(engine));
  std::sort(values.begin(), values.end());
  return values;
}

struct Peak {
  double share;
  double centre_ns;
  double spread;  ///< of the logarithm
};

Draw mixture(const std::vector<Peak>& peaks) {
  return [peaks](Engine& engine) {
    double left = uniform(engine);
    size_t i = 0;
    while (i + 1 < peaks.size() && left >= peaks[i].share) left -= peaks[i++].share;
    return peaks[i].centre_ns * std::exp(peaks[i].spread * normal(engine));
  };
}

/// At least 19 of 20 samples give the mixture's very peaks, and their shares but for chance.
void expect_found(size_t n, const std::vector<Peak>& peaks) {
  Engine engine(n);
  int right = 0;
  for (int i = 0; i < 20; ++i) {
    const auto modes = find_modes(sample(n, engine, mixture(peaks)));
    bool all = modes.size() == peaks.size();
    for (size_t peak = 0; all && peak < peaks.size(); ++peak) {
      all = std::fabs(modes[peak].share - peaks[peak].share) < 0.05 + 2 / std::sqrt(static_cast<double>(n)) &&
            std::fabs(std::log(modes[peak].centre / peaks[peak].centre_ns)) < 0.05 + peaks[peak].spread / 2;
    }
    right += all ? 1 : 0;
  }
  EXPECT_GE(right, 19) << n << " values, " << peaks.size() << " peaks";
}

TEST(FindModes, finds_the_two_regimes_of_a_warming_host) {
  for (const size_t n : {80, 600, 20'000}) expect_found(n, {{0.6, 12'000, 0.1}, {0.4, 50'000, 0.1}});
}

TEST(FindModes, finds_grace_periods_that_end_on_ticks) {
  for (const size_t n : {80, 600}) expect_found(n, {{0.3, 7.5e6, 0.03}, {0.4, 11.5e6, 0.03}, {0.3, 15.5e6, 0.02}});
}

TEST(FindModes, finds_three_states_of_a_fast_kernel) {
  expect_found(600, {{0.4, 49'000, 0.07}, {0.35, 74'000, 0.07}, {0.25, 113'000, 0.07}});
}

TEST(FindModes, finds_a_broad_mode_beside_another) {
  expect_found(300, {{0.6, 12'000, 0.25}, {0.4, 50'000, 0.25}});
}

TEST(FindModes, finds_no_second_mode_where_there_is_one_peak_with_whatever_tail) {
  const std::vector<std::pair<const char*, Draw>> one_peaked = {
      {"normal", [](Engine& engine) { return 40'000 * (1 + 0.2 * normal(engine)); }},
      {"log-normal", [](Engine& engine) { return 40'000 * std::exp(0.5 * normal(engine)); }},
      {"very wide log-normal", [](Engine& engine) { return 4e6 * std::exp(2 * normal(engine)); }},
      {"Pareto with a Hill index of 1", [](Engine& engine) { return 30'000 / uniform(engine); }},
      {"Pareto with a Hill index of 3", [](Engine& engine) { return 30'000 / std::cbrt(uniform(engine)); }},
      {"log-Cauchy",
       [](Engine& engine) { return 40'000 * std::exp(std::fmin(normal(engine) / normal(engine) / 10, 20)); }},
      {"exponential", [](Engine& engine) { return -40'000 * std::log(uniform(engine)); }},
      {"uniform", [](Engine& engine) { return 8e6 * (1 + uniform(engine)); }},
      {"normal by a clock of 1 us", [](Engine& engine) { return 1000 * std::round(12 * (1 + 0.2 * normal(engine))); }},
      {"a few slow first ones",
       [](Engine& engine) { return (uniform(engine) < 0.03 ? 4e5 : 4e4) * std::exp(0.1 * normal(engine)); }}};
  Engine engine(7);
  for (const auto& [size, repetitions] : {std::pair(80, 100), std::pair(600, 100), std::pair(5000, 20)}) {
    for (const auto& [name, draw] : one_peaked) {
      int wrong = 0;
      for (int i = 0; i < repetitions; ++i) {
        wrong += find_modes(sample(static_cast<size_t>(size), engine, draw)).size() == 1 ? 0 : 1;
      }
      EXPECT_LE(wrong, repetitions / 50) << name << ", " << size << " values";
    }
  }
}

TEST(FindModes, says_nothing_of_fewer_than_60_values) {
  EXPECT_TRUE(find_modes(std::vector<int64_t>(59, 5)).empty());
  EXPECT_EQ(find_modes(std::vector<int64_t>(60, 5)).size(), 1U);
  EXPECT_TRUE(find_modes({}).empty());
}

TEST(FindModes, gives_values_all_alike_one_mode) {
  for (const int64_t value : {int64_t{0}, int64_t{-7}, int64_t{1}, int64_t{40'000}, INT64_MAX}) {
    const auto modes = find_modes(std::vector<int64_t>(100, value));
    ASSERT_EQ(modes.size(), 1U);
    EXPECT_EQ(modes[0].share, 1);
    EXPECT_EQ(modes[0].centre, static_cast<double>(std::max<int64_t>(value, 1)));
  }
}

TEST(FindModes, counts_shares_up_to_the_valleys) {
  std::vector<int64_t> values(70, 12'000);
  values.insert(values.end(), 30, 50'000);
  const auto modes = find_modes(values);
  ASSERT_EQ(modes.size(), 2U);
  EXPECT_NEAR(modes[0].share, 0.7, 1e-12);
  EXPECT_NEAR(modes[1].share, 0.3, 1e-12);
  EXPECT_EQ(modes[0].centre, 12'000);
  EXPECT_EQ(modes[1].centre, 50'000);
}

TEST(FindModes, leaves_a_peak_below_5_percent_to_its_neighbour) {
  for (const size_t small : {40, 960}) {
    std::vector<int64_t> values(small, 12'000);
    values.resize(1000, 50'000);
    const auto modes = find_modes(values);
    ASSERT_EQ(modes.size(), 1U);
    EXPECT_EQ(modes[0].share, 1);
    EXPECT_EQ(modes[0].centre, small < 500 ? 50'000 : 12'000);
  }
}

TEST(FindModes, leaves_it_to_the_neighbour_over_the_higher_valley) {
  std::vector<int64_t> values(730, 10'000);
  values.insert(values.end(), 30, 12'600);
  values.insert(values.end(), 240, 17'300);
  const auto modes = find_modes(values);
  ASSERT_EQ(modes.size(), 2U);
  EXPECT_NEAR(modes[0].share, 0.76, 1e-12);
}

TEST(FindModes, takes_no_shallow_valley_for_one_however_many_values_there_are) {
  Engine engine(13);
  const auto values = sample(100'000, engine, mixture({{0.5, 40'000, 0.2}, {0.5, 67'300, 0.2}}));
  EXPECT_EQ(find_modes(values).size(), 1U);
}

TEST(FindModes, knows_the_place_of_a_broad_peak) {
  Engine engine(17);
  double error = 0;
  for (int i = 0; i < 20; ++i) {
    const auto modes = find_modes(sample(600, engine, mixture({{1, 40'000, 0.5}})));
    ASSERT_EQ(modes.size(), 1U);
    error += std::fabs(std::log(modes[0].centre / 40'000)) / 20;
  }
  EXPECT_LT(error, 0.065);  // 0.078 by the narrowest kernel
}

TEST(FindModes, of_a_million_values_is_quick) {
  Engine engine(11);
  const auto values = sample(1'000'000, engine, mixture({{0.6, 12'000, 0.3}, {0.4, 50'000, 0.3}}));
  const int64_t before = thread_cpu_ns();
  EXPECT_EQ(find_modes(values).size(), 2U);
  EXPECT_LT(thread_cpu_ns() - before, 1'000'000'000);
}

}  // namespace
}  // namespace umb
