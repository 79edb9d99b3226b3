// SPDX-License-Identifier: Apache-2.0
#include "compare/test_boots.h"
#include "testing/attribution_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Waiting {
  int64_t waits = 0;
  int64_t deferred = 0;
  double centre_ns = 40'000;
  size_t others = 0;             ///< calls of each boot with one wait more
  int64_t release_later_ns = 0;  ///< than the usual
  const char* failed_check = nullptr;
  int64_t release_at_ns = 0;  ///< 0: as usual
  bool released = true;       ///< the release was measured
  bool counts_deferred = true;
};

std::vector<BootDigest> boots_of(const std::string& kernel, const Waiting& like, size_t count = 7) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < count; ++i) {
    const double away = std::sin(static_cast<double>(i) * 2.3 + static_cast<double>(kernel.size()));
    const MadeBoot made{
        .kernel = kernel, .number = static_cast<int>(i), .centre_ns = like.centre_ns * (1 + 0.01 * away)};
    RunRecord record = made.record();
    for (Column& column : record.cases[0].samples.metrics) {
      if (column.name != "released_ns") continue;
      for (int64_t& value : column.values) {
        value = like.release_at_ns != 0 ? like.release_at_ns : value + like.release_later_ns;
        if (!like.released) value = kMissing;
      }
    }
    if (like.failed_check != nullptr) record.cases[0].checks.push_back({like.failed_check, "failed", "3 of 100"});
    Attribution traced = counted_attribution(kPlainId, like.waits, like.deferred);
    if (!like.counts_deferred) traced.deferred_grace_periods.clear();
    for (size_t k = 0; k < like.others; ++k) ++traced.grace_period_waits[k];
    record.attributions = {traced};
    boots.push_back(digest(record, MadeBoot::plan(), made.source()));
  }
  return boots;
}

Comparison of(const Waiting& a, const Waiting& b, size_t boots = 7, const CompareOptions& options = {}) {
  return judged(boots_of("6.12.1", a, boots), boots_of("6.13.0", b, boots), options);
}

TEST(WaitCounts, more_of_them_fail_the_run_whatever_the_clock_says) {
  for (const double centre_ns : {40'000.0, 20'000.0}) {
    const Comparison comparison = of({.waits = 0}, {.waits = 1, .centre_ns = centre_ns});
    const Row& row = only_row(comparison);
    EXPECT_EQ(row.waits, WaitChange::kMore);
    EXPECT_EQ(row.verdict, centre_ns < 30'000 ? Verdict::kFaster : Verdict::kSame);
    EXPECT_TRUE(row.fails);
    EXPECT_TRUE(row.fails_by_waits);
    EXPECT_TRUE(comparison.fails);
    EXPECT_EQ(row.words, "more grace-period waits: 0 -> 1 (all 140 calls with A, all 140 calls with B)");
    EXPECT_THAT(comparison.headline,
                StartsWith("failed: more grace-period waits in 1 of 1 case (umount of tmpfs (plain, syscall, "
                           "rcu=default): 0 -> 1); else "));
  }
}

TEST(WaitCounts, more_of_them_are_told_beside_slower) {
  const Comparison comparison = of({.waits = 0}, {.waits = 1, .centre_ns = 80'000});
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSlower);
  EXPECT_THAT(only_row(comparison).notes, Contains(StartsWith("more grace-period waits: 0 -> 1")));
  EXPECT_THAT(comparison.headline, HasSubstr("else slower: 1 of 1 case"));
}

TEST(WaitCounts, more_of_them_fail_even_with_one_boot_a_side) {
  const Comparison comparison = of({.waits = 1}, {.waits = 2}, 1);
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kInconclusive);
  EXPECT_TRUE(comparison.fails);
}

TEST(WaitCounts, fewer_of_them_are_an_improvement_where_the_checks_hold) {
  const Comparison comparison = of({.waits = 1}, {.waits = 0});
  EXPECT_EQ(only_row(comparison).waits, WaitChange::kFewer);
  EXPECT_FALSE(comparison.fails);
  EXPECT_THAT(only_row(comparison).notes,
              Contains(StartsWith("an improvement, fewer grace-period waits: 1 -> 0 (all 140 calls with A, all")));
  EXPECT_THAT(only_row(comparison).marks, Not(Contains("moved")));
  EXPECT_THAT(comparison.headline, HasSubstr("; fewer grace-period waits in 1 of 1 case"));
}

TEST(WaitCounts, that_others_wait_in_their_place_is_no_improvement) {
  const Comparison comparison = of({.waits = 1}, {.waits = 0, .deferred = 1, .centre_ns = 20'000});
  EXPECT_EQ(only_row(comparison).waits, WaitChange::kMoved);
  EXPECT_THAT(only_row(comparison).marks, Contains("moved"));
  EXPECT_THAT(only_row(comparison).notes,
              Contains(HasSubstr("others wait in its place: 0.00 -> 1.00 deferred a call")));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kFaster) << "the mark stands beside the verdict";
  EXPECT_FALSE(comparison.fails);
}

TEST(WaitCounts, that_are_fewer_but_leave_the_release_for_after_the_return_are_no_improvement) {
  const Comparison comparison =
      of({.waits = 1, .centre_ns = 15'000'000}, {.waits = 0, .centre_ns = 40'000, .release_at_ns = 15'100'000});
  EXPECT_THAT(only_row(comparison).marks, Contains("deferred"));
  EXPECT_EQ(only_row(comparison).waits, WaitChange::kMoved);
  EXPECT_THAT(only_row(comparison).notes,
              Contains(HasSubstr("but what it held is not free yet when the call returns")));
}

TEST(WaitCounts, whose_release_or_deferrals_nobody_saw_are_no_improvement_yet) {
  const Comparison comparison = of({.waits = 1}, {.waits = 0, .released = false});
  EXPECT_EQ(only_row(comparison).waits, WaitChange::kOpen);
  EXPECT_THAT(only_row(comparison).notes, Contains(HasSubstr("open: when what it held is free was not measured")));
  const Comparison uncounted = of({.waits = 1}, {.waits = 0, .counts_deferred = false});
  EXPECT_EQ(only_row(uncounted).waits, WaitChange::kOpen);
  EXPECT_THAT(only_row(uncounted).notes, Contains(HasSubstr("open: what is handed to others was not counted")));
}

TEST(WaitCounts, that_a_later_release_or_a_failed_check_hides_is_no_improvement) {
  const Comparison later = of({.waits = 1}, {.waits = 0, .release_later_ns = 5'000'000});
  EXPECT_EQ(only_row(later).waits, WaitChange::kMoved);
  EXPECT_THAT(only_row(later).notes, Contains(HasSubstr("but what it held is free later")));
  EXPECT_THAT(only_row(later).marks, Contains("moved"));
  const Comparison failed = of({.waits = 1}, {.waits = 0, .failed_check = "released"});
  EXPECT_EQ(only_row(failed).waits, WaitChange::kMoved);
  EXPECT_THAT(only_row(failed).notes, Contains(HasSubstr("but check 'released' fails with B")));
  EXPECT_FALSE(only_row(failed).fails_by_waits);
}

TEST(WaitCounts, settle_nothing_where_a_side_has_no_usual_count) {
  const Comparison open = of({.waits = 0, .others = 5}, {.waits = 1});
  EXPECT_EQ(only_row(open).waits, WaitChange::kOpen);
  EXPECT_THAT(only_row(open).notes, Contains("grace-period waits are not settled: most often 0 -> 1 (105 of 140 calls "
                                             "with A, all 140 calls with B)"));
  EXPECT_FALSE(open.fails);
  const Comparison enough = of({.waits = 0, .others = 4}, {.waits = 1});
  EXPECT_EQ(only_row(enough).waits, WaitChange::kMore) << "80% are enough";
}

TEST(WaitCounts, are_not_judged_where_they_are_alike_or_unknown_or_the_sides_are_not_comparable) {
  EXPECT_EQ(only_row(of({.waits = 1}, {.waits = 1, .others = 3})).waits, WaitChange::kSame);
  const Comparison unknown = judged(boots_of("6.12.1", {}), made_boots("6.13.0", 7, 40'000));
  EXPECT_EQ(only_row(unknown).waits, WaitChange::kUnknown);
  EXPECT_TRUE(only_row(unknown).baseline.waits.has_value());
  EXPECT_FALSE(only_row(unknown).candidate.waits.has_value());
  std::vector<BootDigest> one_cpu = boots_of("6.13.0", {.waits = 1});
  for (BootDigest& boot : one_cpu) boot.plan.settings[0].value = int64_t{80};
  const Comparison unlike = judged(boots_of("6.12.1", {.waits = 0}), one_cpu);
  EXPECT_EQ(only_row(unlike).verdict, Verdict::kIncomparable);
  EXPECT_EQ(only_row(unlike).waits, WaitChange::kUnknown);
  EXPECT_FALSE(unlike.fails);
}

TEST(WaitCounts, of_a_coarse_pass_are_none) {
  RunRecord record = MadeBoot{}.record();
  record.attributions = {coarse_attribution(kPlainId)};
  record.attributions[0].grace_period_waits.assign(10, 1);
  EXPECT_THAT(digest(record, MadeBoot::plan(), "a").whole.cases[0].grace_period_waits, IsEmpty());
}

}  // namespace
}  // namespace umb
