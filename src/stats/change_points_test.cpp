// SPDX-License-Identifier: Apache-2.0
#include "stats/change_points.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Levels one after the other, `each` values of each, with noise of a standard deviation of 1.
std::vector<double> levels(const std::vector<double>& of, size_t each, uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> noise;
  std::vector<double> values;
  for (const double level : of) {
    for (size_t i = 0; i < each; ++i) values.push_back(level + noise(engine));
  }
  return values;
}

ChangePoints points(const std::vector<double>& values, const ChangePointOptions& options = {}) {
  return change_points({values}, options).at(0);
}

std::vector<size_t> places(const std::vector<double>& values, const ChangePointOptions& options = {}) {
  std::vector<size_t> at;
  for (const ChangePoint& point : points(values, options)) at.push_back(point.at);
  return at;
}

TEST(ChangePoints, are_where_the_level_steps) {
  EXPECT_THAT(places(levels({0, 8}, 10, 1)), ElementsAre(10));
  EXPECT_THAT(places(levels({0, 8, 20}, 10, 2)), ElementsAre(10, 20));
}

TEST(ChangePoints, are_two_where_the_level_goes_up_and_back) {
  EXPECT_THAT(places(levels({0, 8, 0}, 12, 3)), ElementsAre(12, 24));
}

TEST(ChangePoints, are_none_in_values_that_are_all_alike) {
  EXPECT_THAT(places(std::vector<double>(30, 5.0)), IsEmpty());
  EXPECT_THAT(places({}), IsEmpty());
}

TEST(ChangePoints, are_not_made_by_a_single_spike) {
  std::vector<double> values = levels({0}, 30, 4);
  values[15] = 100;
  EXPECT_THAT(places(values), IsEmpty());
}

TEST(ChangePoints, need_some_twelve_values_to_be_sure_of_a_step) {
  EXPECT_THAT(places({0, 0.1, 0.2, 0.05, 9, 9.1, 9.2, 9.05}), IsEmpty()) << "2 of the 70 ways to split 8 are as clear";
  EXPECT_THAT(places({0, 0.1, 0.2, 0.05, 0.15, 0.12, 9, 9.1, 9.2, 9.05, 9.15, 9.12}), ElementsAre(6));
}

TEST(ChangePoints, do_not_depend_on_scale_or_on_what_is_added) {
  std::vector<double> values = levels({0, 3}, 12, 5);
  const auto before = places(values);
  for (double& value : values) value = 1000 * value - 7;
  EXPECT_EQ(places(values), before);
}

TEST(ChangePoints, have_the_p_of_the_permutations_that_change_as_much) {
  const ChangePoints found = points(levels({0, 8}, 10, 1));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LE(found[0].p_value, 0.001 + 1e-9);
  EXPECT_GT(found[0].p_value, 0.0001) << "no more permutations than it takes";
}

TEST(ChangePoints, say_where_the_level_has_gone_back_even_if_that_is_too_short_to_be_one) {
  std::vector<double> values = levels({0}, 24, 6);
  for (size_t i = 16; i < 21; ++i) values[i] += 60;
  const ChangePoints found = points(values);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at, 16U);
  EXPECT_EQ(found[0].to, 21U);
}

TEST(ChangePoints, can_be_found_at_a_small_alpha_too) {
  EXPECT_THAT(places(levels({0, 8}, 15, 1), {.alpha = 0.0005}), ElementsAre(15));
}

TEST(ChangePoints, are_found_by_chance_about_as_often_as_alpha_allows) {
  size_t alarms = 0;
  constexpr size_t kSeries = 300;
  for (uint64_t seed = 0; seed < kSeries; ++seed) {
    if (!places(levels({0}, 16, 100 + seed), {.alpha = 0.05}).empty()) ++alarms;
  }
  EXPECT_LE(alarms, 27U) << "15 expected, standard deviation 4";
  EXPECT_GE(alarms, 4U) << "a test that never alarms is none";
}

std::vector<std::vector<double>> steady(size_t series, size_t count, uint64_t seed) {
  std::vector<std::vector<double>> family;
  for (size_t i = 0; i < series; ++i) family.push_back(levels({0}, count, 1000 * (seed + 1) + i));
  return family;
}

TEST(ChangePoints, of_sixty_series_are_no_more_often_false_than_of_one) {
  size_t alarms = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const std::vector<ChangePoints> found = change_points(steady(60, 20, seed), {.alpha = 0.05});
    if (std::ranges::any_of(found, [](const ChangePoints& one) { return !one.empty(); })) ++alarms;
  }
  EXPECT_LE(alarms, 6U) << "2 expected; each for itself would give 38";
}

TEST(ChangePoints, are_found_among_sixty_series_too) {
  std::vector<std::vector<double>> family = steady(60, 20, 3);
  family[17] = levels({0, 8}, 10, 1);
  const std::vector<ChangePoints> found = change_points(family);
  for (size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].size(), i == 17 ? 1U : 0U) << i;
  ASSERT_EQ(found[17].size(), 1U);
  EXPECT_LE(found[17][0].adjusted, 0.01);
  EXPECT_GT(found[17][0].adjusted, 10 * found[17][0].p_value);
}

TEST(ChangePoints, take_longer_the_more_values_there_are) {
  EXPECT_EQ(change_points_seconds({}), 0);
  EXPECT_GT(change_points_seconds({std::vector<double>(1000, 1.0)}),
            3 * change_points_seconds({std::vector<double>(100, 1.0)}));
}

}  // namespace
}  // namespace umb
