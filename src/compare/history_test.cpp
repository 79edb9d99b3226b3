// SPDX-License-Identifier: Apache-2.0
#include "compare/history.h"

#include "compare/test_builds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// Two boots of each of `count` builds, of which those from `changed` on take 1.3 times as long.
std::vector<BootDigest> builds(size_t count, size_t changed) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < count; ++i) {
    const double centre_ns = (i < changed ? 40'000 : 52'000) * (1 + 0.01 * std::sin(static_cast<double>(i) * 1.7));
    for (BootDigest& boot : made_boots(made_release(i), 2, centre_ns, 0.01, static_cast<int>(10 * i))) {
      boots.push_back(std::move(boot));
    }
  }
  return boots;
}

TEST(History, has_one_value_a_build_in_the_order_of_time) {
  std::vector<BootDigest> boots = builds(3, 3);
  std::ranges::reverse(boots);
  const History made = history(boots, {}).value();
  ASSERT_EQ(made.builds.size(), 3U);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(made.builds[i].kernel_release, made_release(i));
    EXPECT_EQ(made.builds[i].commit, "abcdef0" + std::to_string(10 + i));
    EXPECT_EQ(made.builds[i].boots, 2U);
    EXPECT_NEAR(made.series.at(0).values[i].value_or(0), 40'000, 1'500);
  }
  EXPECT_EQ(made.series[0].case_id, kPlainId);
  EXPECT_THAT(made.series[0].changes, IsEmpty());
}

TEST(History, tells_at_which_build_a_case_became_slower_and_by_how_much) {
  const History made = history(builds(16, 9), {}).value();
  ASSERT_EQ(made.series.at(0).changes.size(), 1U);
  const HistoryChange& change = made.series[0].changes[0];
  EXPECT_EQ(change.at, 9U);
  EXPECT_NEAR(change.after / change.before, 1.3, 0.02);
  EXPECT_THAT(change_in_words(made, made.series[0], change), StartsWith("30% slower since "));
  EXPECT_THAT(change_in_words(made, made.series[0], change), HasSubstr("40.0 us -> 52.0 us, p 0.00"));
}

TEST(History, goes_by_commits_where_these_are_given_and_leaves_out_what_is_none_of_them) {
  const std::vector<std::string> commits{"abcdef012aaaaaaaaaaa", "abcdef010aaaaaaaaaaa"};
  const History made = history(builds(3, 3), {.commits = commits}).value();
  ASSERT_EQ(made.builds.size(), 2U);
  EXPECT_EQ(made.builds[0].kernel_release, made_release(2));
  EXPECT_EQ(made.builds[0].commit, commits[0]);
  EXPECT_EQ(made.builds[1].kernel_release, made_release(0));
  EXPECT_THAT(made.cautions, ElementsAre(StartsWith("1 build is of none of the given commits")));
  EXPECT_FALSE(history(builds(3, 3), {.commits = {"0123456789"}}).has_value());
}

TEST(History, knows_a_build_by_its_label_too) {
  std::vector<BootDigest> boots = made_boots("6.12.1", 2, 40'000);
  for (BootDigest& boot : boots) boot.label = "0123456789abcdef";
  EXPECT_EQ(history(boots, {.commits = {"0123456789abcdef0000"}}).value().builds.size(), 1U);
}

TEST(History, has_no_value_of_a_case_that_failed) {
  std::vector<BootDigest> boots = made_builds(4, [](size_t) { return 40'000.0; });
  boots[1].whole.cases[0].outcome = "failed";
  boots[2].whole.cases[0].failed_checks = {{"released", "failed", "still there"}};
  const Result<History> made = history(boots, {});
  ASSERT_TRUE(made.has_value()) << made.error().text();
  std::vector<bool> there;
  for (const std::optional<double>& value : made->series[0].values) there.push_back(value.has_value());
  EXPECT_THAT(there, ElementsAre(true, false, false, true));
  EXPECT_THAT(made->cautions, Contains(HasSubstr("2 builds have a case that failed")));
  for (BootDigest& boot : boots) boot.whole.cases[0].outcome = "failed";
  const Result<History> none = history(boots, {});
  ASSERT_FALSE(none.has_value());
  EXPECT_THAT(none.error().what, HasSubstr("without a failure"));
}

TEST(History, passes_over_builds_without_the_case) {
  std::vector<BootDigest> boots = builds(16, 9);
  boots[4].whole.cases.clear();
  boots[5].whole.cases.clear();
  const History made = history(boots, {}).value();
  EXPECT_FALSE(made.series.at(0).values[2].has_value());
  ASSERT_EQ(made.series[0].changes.size(), 1U);
  EXPECT_EQ(made.series[0].changes[0].at, 9U);
}

TEST(History, keeps_the_newest_builds_only) {
  const History made = history(builds(5, 5), {.last = 2}).value();
  ASSERT_EQ(made.builds.size(), 2U);
  EXPECT_EQ(made.builds[1].kernel_release, made_release(4));
}

TEST(History, has_one_order_whatever_that_of_the_files) {
  std::vector<BootDigest> boots = made_builds(16, [](size_t i) { return i < 8 ? 40'000 : 56'000; });
  for (BootDigest& boot : boots) boot.started_at = "2026-03-02T09:00:00Z";
  const std::string forwards = words_of(history(boots, {}).value());
  std::ranges::reverse(boots);
  EXPECT_EQ(words_of(history(boots, {}).value()), forwards);
  EXPECT_THAT(forwards, StartsWith("40% slower since " + made_release(8)));
  for (BootDigest& boot : boots) boot.started_at = "";
  const History made = history(boots, {}).value();
  EXPECT_EQ(words_of(made), forwards);
  EXPECT_THAT(made.cautions, ElementsAre("16 builds have no time: they stand in the order of their kernels' releases"));
}

TEST(History, goes_by_times_not_by_their_texts) {
  std::vector<BootDigest> boots = made_builds(3, [](size_t) { return 40'000; });
  boots[0].started_at = "2026-03-02T09:00:00.500Z";
  boots[1].started_at = "2026-03-02T09:00:00Z";
  boots[2].started_at = "2026-03-02T10:30:00+02:00";
  const History made = history(boots, {}).value();
  EXPECT_EQ(made.builds[0].kernel_release, made_release(2));
  EXPECT_EQ(made.builds[1].kernel_release, made_release(1));
}

TEST(History, says_how_many_builds_it_leaves_out) {
  EXPECT_THAT(history(builds(5, 5), {.last = 2}).value().cautions, ElementsAre("3 older builds are left out (--last)"));
}

TEST(History, says_that_commits_may_stand_the_wrong_way_round) {
  std::vector<std::string> commits;
  for (size_t i = 5; i > 0; --i) commits.push_back("abcdef01" + std::to_string(i - 1) + "aaaa");
  EXPECT_THAT(history(builds(5, 5), {.commits = commits}).value().cautions,
              ElementsAre(StartsWith("the order of the commits runs against the builds' times (4 of 4 steps)")));
  std::ranges::reverse(commits);
  EXPECT_THAT(history(builds(5, 5), {.commits = commits}).value().cautions, IsEmpty());
}

TEST(History, of_a_quantile_that_some_files_lack_says_so) {
  std::vector<BootDigest> boots = builds(3, 3);
  for (size_t i = 0; i < 2; ++i) boots[i].whole.cases[0].metrics[0].quantiles.push_back({0.75, 40'000});
  EXPECT_THAT(history(boots, {.quantile = 0.75}).value().cautions,
              ElementsAre(StartsWith("2 builds have no p75 of 'return_ns'")));
  const auto refused = history(builds(2, 2), {.quantile = 0.75});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().what, "no result has p75 of 'return_ns'");
}

TEST(History, says_that_builds_were_measured_by_another_plan) {
  std::vector<BootDigest> boots = builds(3, 3);
  for (size_t i = 4; i < 6; ++i) boots[i].plan.settings[0].value = int64_t{80};
  EXPECT_THAT(history(boots, {}).value().cautions, ElementsAre(HasSubstr("were not measured alike")));
}

TEST(History, of_a_metric_that_nobody_has_is_refused) {
  EXPECT_FALSE(history(builds(2, 2), {.metric = "sync_ns"}).has_value());
}

}  // namespace
}  // namespace umb
