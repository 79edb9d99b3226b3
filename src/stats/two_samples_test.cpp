// SPDX-License-Identifier: Apache-2.0
#include "stats/two_samples.h"

#include "stats/adjust.h"
#include "stats/moments.h"
#include "stats/planning.h"
#include "stats/proportion.h"
#include "stats/student.h"
#include "stats/variance_components.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

using Values = std::vector<double>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double p_of(const std::optional<MeanDifference>& difference) {
  return difference ? difference->p_value : kNaN;
}

double estimate_of(const std::optional<MeanDifference>& difference) {
  return difference ? difference->estimate : kNaN;
}

TEST(Student, has_symmetric_tails_and_knows_its_ends) {
  EXPECT_DOUBLE_EQ(t_above(-2, 5), 1 - t_above(2, 5));
  EXPECT_DOUBLE_EQ(t_two_sided(-2, 5), 2 * t_above(2, 5));
  EXPECT_DOUBLE_EQ(t_quantile(0.1, 5), -t_quantile(0.9, 5));
  EXPECT_EQ(t_above(kInfinity, 5), 0);
  EXPECT_EQ(t_quantile(1, 5), kInfinity);
  EXPECT_EQ(t_quantile(0, 5), -kInfinity);
}

TEST(Student, is_nearly_normal_with_a_million_degrees_of_freedom) {
  EXPECT_NEAR(t_above(1.96, 1e6), normal_above(1.96), 1e-6);
  EXPECT_NEAR(normal_quantile(0.975), 1.959964, 1e-6);
}

TEST(Student, gives_no_number_for_no_number_and_never_throws) {
  EXPECT_TRUE(std::isnan(t_above(kNaN, 5)));
  EXPECT_TRUE(std::isnan(t_above(1, kNaN)));
  EXPECT_TRUE(std::isnan(t_above(1, -1)));
  EXPECT_TRUE(std::isnan(t_two_sided(kNaN, 5)));
  EXPECT_TRUE(std::isnan(t_quantile(kNaN, 5)));
  EXPECT_TRUE(std::isnan(t_quantile(2, 5)));
  EXPECT_TRUE(std::isnan(normal_above(kNaN)));
  EXPECT_TRUE(std::isnan(normal_quantile(2)));
}

TEST(Moments, of_equal_values_have_no_spread_by_rounding) {
  const Values values(3, 0.1);
  EXPECT_EQ(mean(values), 0.1);
  EXPECT_EQ(variance(values), 0);
  EXPECT_TRUE(std::isnan(mean({})));
  EXPECT_TRUE(std::isnan(variance(Values{1})));
}

TEST(Welch, needs_two_values_a_side) {
  EXPECT_FALSE(welch(Values{1}, Values{1, 2}));
  EXPECT_FALSE(welch(Values{1, 2}, Values{1}));
  EXPECT_TRUE(welch(Values{1, 2}, Values{1, 2}));
}

TEST(Welch, without_spread_is_sure_of_equal_and_of_different_means) {
  const MeanDifference different = welch(Values{0.1, 0.1, 0.1}, Values{0.2, 0.2}).value_or(MeanDifference());
  EXPECT_EQ(p_of(welch(Values{0.1, 0.1, 0.1}, Values{0.1, 0.1})), 1);
  EXPECT_EQ(different.p_value, 0);
  EXPECT_EQ(different.standard_error, 0);
  EXPECT_GT(different.df, 0);
  EXPECT_EQ(t_interval(different, 0.95).low, different.estimate);
  EXPECT_EQ(tost_p(different, 0.2), 0);
  EXPECT_EQ(tost_p(different, 0.05), 1);
}

TEST(Welch, has_the_degrees_of_freedom_of_the_only_side_that_spreads) {
  const MeanDifference difference = welch(Values{1, 2, 4}, Values{3, 3, 3, 3}).value_or(MeanDifference());
  EXPECT_DOUBLE_EQ(difference.df, 2);
}

TEST(Welch, tells_the_sign_of_b_minus_a) {
  EXPECT_EQ(estimate_of(welch(Values{1, 2}, Values{5, 7})), 4.5);
  EXPECT_EQ(estimate_of(welch(Values{5, 7}, Values{1, 2})), -4.5);
}

TEST(ModeratedT, works_from_one_value_a_side_by_the_prior_alone) {
  const MeanDifference difference = moderated_t(Values{1.00}, Values{1.30}, 0.1, 4).value_or(MeanDifference());
  EXPECT_DOUBLE_EQ(difference.df, 4);
  EXPECT_DOUBLE_EQ(difference.standard_error, 0.1 * std::sqrt(2));
  EXPECT_NEAR(difference.p_value, t_two_sided(0.3 / (0.1 * std::sqrt(2)), 4), 1e-12);
}

TEST(ModeratedT, is_nothing_without_values_or_a_sensible_prior) {
  EXPECT_FALSE(moderated_t({}, Values{1}, 0.1, 4));
  EXPECT_FALSE(moderated_t(Values{1}, {}, 0.1, 4));
  EXPECT_FALSE(moderated_t(Values{1}, Values{1}, 0.1, 0));
  EXPECT_FALSE(moderated_t(Values{1}, Values{1}, -0.1, 4));
  EXPECT_FALSE(moderated_t(Values{1}, Values{1}, 0.1, -4));
  EXPECT_FALSE(moderated_t(Values{1}, Values{1}, kNaN, 4));
  EXPECT_FALSE(moderated_t(Values{1}, Values{1}, kInfinity, 4));
  EXPECT_FALSE(moderated_t(Values{1}, Values{1}, 0.1, kInfinity));
}

TEST(StudentPooled, takes_one_value_against_several_but_not_against_one) {
  EXPECT_TRUE(student_pooled(Values{1}, Values{1, 2}));
  EXPECT_FALSE(student_pooled(Values{1}, Values{2}));
}

TEST(PairedT, needs_two_differences) {
  EXPECT_FALSE(paired_t(Values{1}));
  EXPECT_EQ(p_of(paired_t(Values{1, 1})), 0);
  EXPECT_EQ(p_of(paired_t(Values{0, 0})), 1);
  EXPECT_EQ(p_of(paired_t(Values{-1, 1})), 1);
}

TEST(Tost, says_equal_exactly_where_the_90_percent_interval_lies_inside) {
  const MeanDifference difference{0.01, 0.02, 7, 0};
  const double edge = t_interval(difference, 0.90).high;
  EXPECT_LT(tost_p(difference, edge * 1.001), 0.05);
  EXPECT_GT(tost_p(difference, edge * 0.999), 0.05);
  EXPECT_DOUBLE_EQ(tost_p(difference, 0.05), tost_p({-0.01, 0.02, 7, 0}, 0.05));
}

TEST(PermutationTest, finds_nothing_as_far_but_the_mirror_image_of_separate_sides) {
  EXPECT_DOUBLE_EQ(permutation_p(Values{1, 2, 3, 4}, Values{10, 11, 12, 13}), 2.0 / 70);
  EXPECT_DOUBLE_EQ(permutation_p(Values{0.1, 0.2, 0.3}, Values{0.7, 0.8, 0.9}), 2.0 / 20);  // rounded, all of them
  EXPECT_DOUBLE_EQ(permutation_p(Values{0.1, 0.1}, Values{0.1, 0.1, 0.1}), 1);
}

TEST(PermutationTest, gives_no_number_for_an_empty_side_and_for_too_many_ways) {
  Values many(12);
  std::iota(many.begin(), many.end(), 0.0);
  EXPECT_TRUE(std::isnan(permutation_p({}, Values{1})));
  EXPECT_TRUE(std::isnan(permutation_p(many, many)));
  EXPECT_FALSE(std::isnan(permutation_p(std::span(many).first(8), std::span(many).last(8))));
}

TEST(Adjusted, are_as_many_as_given_and_in_the_same_order) {
  EXPECT_TRUE(holm({}).empty());
  EXPECT_TRUE(benjamini_hochberg({}).empty());
  EXPECT_EQ(holm(Values{0.5, 0.125}), (Values{0.5, 0.25}));
  EXPECT_EQ(bonferroni(Values{0.75, 0.125}), (Values{1, 0.25}));
}

TEST(VarianceComponents, are_nothing_without_two_groups_or_anything_within) {
  EXPECT_FALSE(variance_components({}));
  EXPECT_FALSE(variance_components(std::vector<Values>{{1, 2, 3}}));
  EXPECT_FALSE(variance_components(std::vector<Values>{{1}, {2}}));
  EXPECT_FALSE(variance_components(std::vector<Values>{{1, 2}, {}}));
  EXPECT_TRUE(variance_components(std::vector<Values>{{1, 2}, {2}}));
}

TEST(VarianceComponents, of_values_all_alike_are_zero) {
  const VarianceComponents nothing{-1, -1, -1, -1, -1, -1, -1};
  const auto found = variance_components(std::vector<Values>{{0.1, 0.1}, {0.1, 0.1, 0.1}}).value_or(nothing);
  EXPECT_EQ(found.icc, 0);
  EXPECT_EQ(found.p_value, 1);
}

TEST(VarianceComponents, of_groups_without_spread_lie_wholly_between_them) {
  const VarianceComponents found =
      variance_components(std::vector<Values>{{1, 1}, {2, 2}}).value_or(VarianceComponents());
  EXPECT_EQ(found.icc, 1);
  EXPECT_EQ(found.f, kInfinity);
  EXPECT_EQ(found.p_value, 0);
}

TEST(VarianceComponents, weigh_groups_of_different_size) {
  const VarianceComponents found =
      variance_components(std::vector<Values>{{1, 2, 3}, {5, 7}, {9}}).value_or(VarianceComponents());
  EXPECT_NEAR(found.mean_square_within, 4.0 / 3, 1e-12);
  EXPECT_NEAR(found.mean_square_between, 43.5 / 2, 1e-12);
  EXPECT_NEAR(found.between, (21.75 - 4.0 / 3) / ((6 - 14.0 / 6) / 2), 1e-12);
}

TEST(WilsonInterval, knows_nothing_without_trials) {
  EXPECT_EQ(wilson_interval(0, 0, 0.95).low, 0);
  EXPECT_EQ(wilson_interval(0, 0, 0.95).high, 1);
}

TEST(UnitsWanted, follow_the_quick_rule_of_the_planning_table) {
  EXPECT_EQ(units_wanted(0.05, 0.05), 24U);
  EXPECT_EQ(units_wanted(0.08, 0.10), 16U);
  EXPECT_EQ(units_wanted(0, 0.05), 1U);
}

TEST(UnitsWanted, are_nothing_above_200_or_for_nonsense) {
  EXPECT_TRUE(units_wanted(0.1501, 0.05));
  EXPECT_FALSE(units_wanted(0.1503, 0.05));
  EXPECT_FALSE(units_wanted(0.3, 0.02));
  EXPECT_FALSE(units_wanted(0.05, 0));
  EXPECT_FALSE(units_wanted(-0.05, 0.05));
  EXPECT_FALSE(units_wanted(kNaN, 0.05));
}

}  // namespace
}  // namespace umb
