// SPDX-License-Identifier: Apache-2.0
#include "compare/curves.h"

#include "compare/rows.h"
#include "testing/attribution_builder.h"
#include "testing/record_builder.h"

#include <algorithm>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::shared_ptr<const CaseCurves> curves_of_case(const RunRecord& run, size_t most = 2'000) {
  return curves_of(run, run.cases[0], sort_out(run.cases[0], run.rounds), most);
}

RunRecord run_of(const std::vector<MadeSample>& samples) {
  return made_run({made_case("umount/fs=tmpfs", samples)});
}

TEST(Thinned, keeps_all_of_few) {
  EXPECT_THAT(thinned(3, 8), ElementsAre(0, 1, 2));
  EXPECT_THAT(thinned(0, 8), IsEmpty());
}

TEST(Thinned, keeps_both_tails_whole_and_no_more_than_asked_for) {
  for (const size_t count : {size_t{2'001}, size_t{100'000}, size_t{1'000'000}}) {
    const std::vector<size_t> kept = thinned(count, 2'000);
    ASSERT_THAT(kept, SizeIs(2'000));
    EXPECT_EQ(std::ranges::adjacent_find(kept, std::greater_equal<>()), kept.end()) << "each once, ascending";
    for (size_t i = 0; i < 160; ++i) ASSERT_EQ(kept[i], i);
    for (size_t i = 0; i < 330; ++i) ASSERT_EQ(kept[kept.size() - 1 - i], count - 1 - i);
  }
}

TEST(Curves, have_at_most_2000_points_and_the_extremes_of_many_samples) {
  const auto curves = curves_of_case(run_of(even_samples(30'000, 10'000, 90'000, 1)));
  ASSERT_THAT(curves->distribution, SizeIs(2'000));
  EXPECT_EQ(curves->distribution.front().value, 10'000);
  EXPECT_EQ(curves->distribution.back().value, 90'000);
  EXPECT_EQ(curves->distribution.back().share, 1);
  EXPECT_EQ(curves->calls, 30'000U);
  EXPECT_LE(curves->in_order.size(), 10'000U) << "three of each few";
  EXPECT_EQ(*std::ranges::min_element(curves->in_order), 10'000);
  EXPECT_EQ(*std::ranges::max_element(curves->in_order), 90'000);
  EXPECT_LE(curves->released.size(), 500U);
}

TEST(Curves, pair_the_clocks_where_a_call_has_both) {
  const auto curves =
      curves_of_case(run_of({{.return_ns = 10, .released_ns = 30}, {.return_ns = 20, .released_ns = 25}}));
  EXPECT_FALSE(curves->released_apart);
  ASSERT_THAT(curves->released, SizeIs(2));
  EXPECT_EQ(curves->released[1].released_ns, 30);
}

TEST(Curves, hold_quantiles_of_the_clocks_against_each_other_where_no_call_has_both) {
  const auto curves = curves_of_case(run_of({{.return_ns = 10}, {.released_ns = 30}}));
  EXPECT_TRUE(curves->released_apart);
  ASSERT_THAT(curves->released, SizeIs(99));
  EXPECT_EQ(curves->released[0].return_ns, 10);
  EXPECT_EQ(curves->released[0].released_ns, 30);
}

TEST(Curves, leave_out_warm_up_and_what_is_not_above_zero) {
  const auto curves = curves_of_case(run_of({{.return_ns = 5, .warmup = true}, {.return_ns = 0}, {.return_ns = 7}}));
  ASSERT_THAT(curves->distribution, SizeIs(1));
  EXPECT_EQ(curves->distribution[0].value, 7);
}

TEST(Curves, have_the_causes_of_the_traced_pass) {
  RunRecord run = run_of(even_samples(20, 10, 20, 0));
  EXPECT_THAT(curves_of_case(run)->causes, IsEmpty());
  run.attributions = {traced_attribution("umount/fs=tmpfs")};
  const auto curves = curves_of_case(run);
  ASSERT_FALSE(curves->causes.empty());
  EXPECT_EQ(curves->causes[0].cause, "grace_period");
}

TEST(Pooled, counts_each_boot_the_same) {
  const std::vector<CurvePoint> few{{100, 1}};
  const std::vector<CurvePoint> many{{1, 0.25}, {2, 0.5}, {3, 0.75}, {4, 1}};
  const std::vector<CurvePoint> whole = pooled({few, many}, 2'000);
  ASSERT_THAT(whole, SizeIs(5));
  EXPECT_DOUBLE_EQ(whole[3].share, 0.5);
  EXPECT_EQ(whole[4].value, 100);
  EXPECT_DOUBLE_EQ(whole[4].share, 1);
  EXPECT_EQ(value_at_share(whole, 0.5), 4);
  EXPECT_THAT(pooled({}, 10), IsEmpty());
  EXPECT_EQ(value_at_share({}, 0.5), 0);
}

TEST(StripOf, has_an_interval_from_six_boots_on) {
  EXPECT_FALSE(strip_of({1, 2, 3, 4, 5}).interval.has_value());
  const Strip strip = strip_of({6, 1, 2, 3, 4, 5});
  EXPECT_EQ(strip.median, 3.5);
  ASSERT_TRUE(strip.interval.has_value());
  EXPECT_EQ(strip.interval->low, 1);
  EXPECT_EQ(strip.interval->high, 6);
}

}  // namespace
}  // namespace umb
