// SPDX-License-Identifier: Apache-2.0
#include "compare/test_builds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

History made_history(size_t count, const std::function<double(size_t)>& ns) {
  return history(made_builds(count, ns), {}).value();
}

TEST(HistoryChanges, are_over_where_the_level_goes_back_though_the_rest_is_too_short_for_a_change) {
  const History made = made_history(24, [](size_t i) { return i >= 16 && i < 21 ? 80'000 : 40'000; });
  ASSERT_THAT(made.series.at(0).changes, SizeIs(1));
  const HistoryChange& change = made.series[0].changes[0];
  EXPECT_EQ(change.at, 16U);
  EXPECT_EQ(change.until, 21U);
  EXPECT_NEAR(change.after / change.before, 2, 0.05);
  EXPECT_THAT(words_of(made),
              HasSubstr("2.0 times slower from " + made_release(16) + " until " + made_release(21) + ": "));
  ASSERT_THAT(made.series[0].levels, SizeIs(3));
  EXPECT_EQ(made.series[0].levels[1].last, 20U);
  EXPECT_NEAR(made.series[0].levels[2].value, 40'000, 500);
}

TEST(HistoryChanges, are_two_where_both_levels_are_long_enough) {
  const History made = made_history(36, [](size_t i) { return i >= 12 && i < 24 ? 80'000 : 40'000; });
  ASSERT_THAT(made.series.at(0).changes, SizeIs(2));
  EXPECT_EQ(made.series[0].changes[0].until, std::nullopt);
  EXPECT_NEAR(made.series[0].changes[1].after / made.series[0].changes[1].before, 0.5, 0.02);
  EXPECT_THAT(made.series[0].levels, SizeIs(3));
}

TEST(HistoryChanges, of_one_odd_newest_build_are_not_called_over) {
  const History made = made_history(24, [](size_t i) { return i >= 12 && i < 23 ? 80'000 : 40'000; });
  ASSERT_THAT(made.series.at(0).changes, SizeIs(1));
  EXPECT_EQ(made.series[0].changes[0].until, std::nullopt);
  EXPECT_NEAR(made.series[0].changes[0].after, 80'000, 1'000) << "without the odd one";
}

TEST(HistoryChanges, of_the_spread_alone_are_never_called_slower) {
  const History made = made_history(40, [](size_t i) { return i < 20 ? 126'000 : i % 2 == 0 ? 100'000 : 158'760; });
  ASSERT_THAT(made.series.at(0).changes, SizeIs(1));
  EXPECT_EQ(made.series[0].changes[0].kind, HistoryKind::kSpread);
  EXPECT_THAT(words_of(made), StartsWith("the spread changed ("));
  EXPECT_THAT(words_of(made), Not(HasSubstr("slower")));
}

TEST(HistoryChanges, below_the_smallest_effect_are_no_more_than_told) {
  const auto boots = made_builds(40, [](size_t i) { return i < 20 ? 40'000 : 41'200; });
  const History made = history(boots, {}).value();
  ASSERT_THAT(made.series.at(0).changes, SizeIs(1));
  EXPECT_EQ(made.series[0].changes[0].kind, HistoryKind::kSmall);
  EXPECT_THAT(words_of(made), StartsWith("a change of less than 5% since "));
  const History finer = history(boots, {.threshold = 0.02}).value();
  EXPECT_EQ(finer.series.at(0).changes.at(0).kind, HistoryKind::kLevel);
  EXPECT_THAT(words_of(finer), StartsWith("3.0% slower since "));
}

TEST(HistoryChanges, began_between_two_builds_where_those_between_lack_the_case) {
  std::vector<BootDigest> boots = made_builds(26, [](size_t i) { return i < 10 ? 40'000 : 56'000; });
  for (size_t i = 10; i < 16; ++i) boots[i].whole.cases.clear();
  const History made = history(boots, {}).value();
  ASSERT_THAT(made.series.at(0).changes, SizeIs(1));
  EXPECT_THAT(words_of(made), HasSubstr("slower begun between " + made_release(9) + " and " + made_release(16) + ": "));
  EXPECT_EQ(made.series[0].levels.at(0).last, 9U);
}

TEST(HistoryChanges, where_the_machine_changed_too_are_not_judged) {
  std::vector<BootDigest> boots = made_builds(20, [](size_t i) { return i < 12 ? 40'000 : 52'000; });
  for (size_t i = 0; i < 20; ++i) set_fact(boots[i], "cpu_model", std::string(i < 12 ? "Old CPU" : "New CPU"));
  const History made = history(boots, {}).value();
  ASSERT_THAT(made.series.at(0).changes, SizeIs(1));
  EXPECT_EQ(made.series[0].changes[0].kind, HistoryKind::kUnjudged);
  EXPECT_THAT(words_of(made), StartsWith("30% higher since "));
  EXPECT_THAT(words_of(made), HasSubstr("not judged: the machine changed there too: cpu_model (Old CPU -> New CPU)"));
  EXPECT_THAT(made.cautions, ElementsAre(HasSubstr(": cpu_model (Old CPU, New CPU)")));
}

TEST(HistoryChanges, on_machines_that_take_turns_are_judged) {
  std::vector<BootDigest> boots = made_builds(20, [](size_t i) { return i < 12 ? 40'000 : 52'000; });
  for (size_t i = 0; i < 20; ++i) set_fact(boots[i], "cpu_model", std::string(i % 2 == 0 ? "One CPU" : "Other CPU"));
  EXPECT_EQ(history(boots, {}).value().series.at(0).changes.at(0).kind, HistoryKind::kLevel);
}

TEST(HistoryChanges, on_the_same_machines_are_judged_however_often_each_was_used) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < 20; ++i) {
    const std::vector<std::string> machines =
        i < 12 ? std::vector<std::string>{"One CPU", "Other CPU"}
               : std::vector<std::string>{"Other CPU", "One CPU", "Other CPU", "One CPU"};
    for (size_t k = 0; k < machines.size(); ++k) {
      boots.push_back(MadeBoot{.kernel = made_release(i),
                               .centre_ns = (i < 12 ? 40'000 : 52'000) * (1 + wave(i)),
                               .start_minute = static_cast<int>(10 * i + k)}
                          .boot());
      set_fact(boots.back(), "cpu_model", machines[k]);
    }
  }
  const History made = history(boots, {}).value();
  EXPECT_EQ(made.series.at(0).changes.at(0).kind, HistoryKind::kLevel);
  EXPECT_THAT(made.cautions, IsEmpty());
}

TEST(HistoryChanges, are_not_judged_on_another_machine_though_a_build_was_imported) {
  std::vector<BootDigest> boots = made_builds(21, [](size_t i) { return i < 12 ? 40'000 : 52'000; });
  for (size_t i = 0; i < 21; ++i) set_fact(boots[i], "cpu_model", std::string(i < 12 ? "Old CPU" : "New CPU"));
  boots.back().imported = "hyperfine";
  const History made = history(boots, {}).value();
  EXPECT_EQ(made.series.at(0).changes.at(0).kind, HistoryKind::kUnjudged);
  EXPECT_THAT(made.cautions, ElementsAre(HasSubstr(": cpu_model (Old CPU, New CPU)")));
}

TEST(HistoryChanges, of_figures_that_never_vary_are_no_change_of_spread) {
  std::vector<BootDigest> boots = made_builds(20, [](size_t) { return 40'000; });
  for (size_t i = 0; i < 20; ++i) {
    for (MetricDigest& metric : boots[i].whole.cases[0].metrics) {
      for (QuantileValue& quantile : metric.quantiles) quantile.value = i < 12 ? 100 : 101;
    }
  }
  EXPECT_EQ(history(boots, {}).value().series.at(0).changes.at(0).kind, HistoryKind::kSmall);
}

TEST(HistoryChanges, name_each_thing_once_in_which_builds_are_not_alike) {
  std::vector<BootDigest> boots = made_builds(20, [](size_t) { return 40'000; });
  for (size_t i = 12; i < 20; ++i) {
    set_fact(boots[i], "cpu_model", std::string("New CPU"));
    boots[i].plan.settings[0].value = int64_t{80};
  }
  const std::vector<std::string> cautions = history(boots, {}).value().cautions;
  ASSERT_THAT(cautions, SizeIs(1));
  EXPECT_THAT(cautions[0], HasSubstr("the setting 'samples' (300, 80); cpu_model ("));
}

TEST(HistoryChanges, from_nothing_to_something_are_seen) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < 30; ++i) {
    RunRecord record = MadeBoot{.kernel = made_release(i), .start_minute = static_cast<int>(10 * i)}.record();
    CaseRecord& one = record.cases.at(0);
    one.metrics.push_back({"voluntary_switches", "1", "lower", ""});
    for (Column& column : one.samples.metrics) {
      if (column.name != "voluntary_switches") continue;
      column.values.assign(column.values.size(), i < 15 ? 0 : 4);
    }
    DigestOptions options;
    options.metrics.emplace_back("voluntary_switches");
    options.zeros = true;
    boots.push_back(digest(record, MadeBoot::plan(), "file", options));
  }
  const auto judged = history(boots, {.metric = "voluntary_switches"});
  ASSERT_TRUE(judged.has_value()) << judged.error().text();
  const History& made = *judged;
  ASSERT_THAT(made.series.at(0).changes, SizeIs(1));
  EXPECT_EQ(made.series[0].changes[0].at, 15U);
  EXPECT_EQ(made.series[0].values[0], 0);
  EXPECT_THAT(words_of(made), StartsWith("higher since " + made_release(15) + ": 0 -> 4, p "));
}

}  // namespace
}  // namespace umb
