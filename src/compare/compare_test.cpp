// SPDX-License-Identifier: Apache-2.0
#include "compare/compare.h"

#include "compare/test_boots.h"

#include <algorithm>
#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// Boots of one case, made of these samples each, with another start so that both sides are of one session.
std::vector<BootDigest> boots_of(const std::string& kernel, size_t count, const std::vector<MadeSample>& samples) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < count; ++i) {
    const MadeBoot made{.kernel = kernel, .number = static_cast<int>(i)};
    std::vector<MadeSample> moved = samples;
    for (MadeSample& sample : moved) {
      const auto shift = static_cast<int64_t>(37 * i);
      if (sample.return_ns != kMissing) sample.return_ns += shift;
      if (sample.released_ns != kMissing) sample.released_ns += shift;
    }
    boots.push_back(digest(made.record_of({made_case(kPlainId, moved)}), MadeBoot::plan(), made.source()));
  }
  return boots;
}

TEST(Compare, says_how_much_slower_a_case_is_and_fails) {
  const Comparison comparison = judged(made_boots("6.12.1", 7, 40'000), made_boots("6.13.0", 7, 48'000));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSlower);
  EXPECT_THAT(only_row(comparison).words, HasSubstr("20% slower"));
  EXPECT_TRUE(comparison.fails);
  EXPECT_THAT(comparison.headline, testing::StartsWith("slower: 1 of 1 case"));
}

TEST(Compare, says_how_much_faster_a_case_is_and_does_not_fail) {
  const Comparison comparison = judged(made_boots("6.12.1", 7, 40'000), made_boots("6.13.0", 7, 10'000));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kFaster);
  EXPECT_THAT(only_row(comparison).words, HasSubstr("4.0 times faster"));
  EXPECT_FALSE(comparison.fails);
}

TEST(Compare, calls_cases_the_same_only_within_the_smallest_effect) {
  const Comparison comparison = judged(made_boots("6.12.1", 7, 40'000), made_boots("6.13.0", 7, 40'200));
  EXPECT_EQ(comparison.verdict, Verdict::kSame);
  EXPECT_THAT(only_row(comparison).words, HasSubstr("the same within 5%"));
}

TEST(Compare, has_no_verdict_from_one_boot_a_side_and_says_what_is_missing) {
  const Comparison comparison = judged(made_boots("6.12.1", 1, 40'000), made_boots("6.13.0", 1, 400'000));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kInconclusive);
  EXPECT_THAT(only_row(comparison).words, HasSubstr("no verdict: 6 more boots a side"));
  EXPECT_FALSE(comparison.fails);
}

TEST(Compare, says_on_which_side_boots_are_missing_where_the_other_has_enough) {
  const Comparison comparison = judged(made_boots("6.12.1", 7, 40'000), made_boots("6.13.0", 1, 400'000));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kInconclusive);
  EXPECT_THAT(only_row(comparison).words, HasSubstr("no verdict: one boot on one side; 6 more there"));
}

TEST(Compare, says_how_many_boots_would_settle_what_is_open) {
  const Comparison comparison = judged(made_boots("6.12.1", 5, 40'000, 0.1), made_boots("6.13.0", 5, 42'000, 0.1));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kInconclusive);
  EXPECT_THAT(only_row(comparison).words, HasSubstr("more boots a side would settle it"));
}

TEST(Compare, takes_runs_of_the_same_boot_for_one_unit) {
  std::vector<BootDigest> a = made_boots("6.12.1", 3, 40'000);
  for (BootDigest& boot : a) boot.boot_id = "the only boot";
  const Comparison comparison = judged(a, made_boots("6.13.0", 3, 80'000));
  EXPECT_EQ(only_row(comparison).baseline.units, 1U);
  EXPECT_EQ(comparison.sides[0].boot_count, 1U);
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kInconclusive);
}

TEST(Compare, points_out_that_the_same_run_is_on_both_sides) {
  const Comparison comparison = judged(made_boots("6.12.1", 4, 40'000), made_boots("6.12.1", 4, 40'000));
  EXPECT_THAT(comparison.pairs[0].warnings, Contains(HasSubstr("the same run is on both sides: 6.12.1-0.json")));
}

TEST(Compare, refuses_a_verdict_where_the_plan_or_the_machine_differs) {
  std::vector<BootDigest> b = made_boots("6.13.0", 5, 80'000);
  for (BootDigest& boot : b) boot.plan.settings[1].value = std::string("none");
  const Comparison comparison = judged(made_boots("6.12.1", 5, 40'000), b);
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kIncomparable);
  EXPECT_EQ(comparison.verdict, Verdict::kIncomparable);
  EXPECT_THAT(comparison.headline, HasSubstr("the setting 'settle' differs: random in A, none in B"));
  EXPECT_FALSE(comparison.fails);
  const Comparison forced = judged(made_boots("6.12.1", 5, 40'000), b, {.ignore_fingerprint = true});
  EXPECT_EQ(only_row(forced).verdict, Verdict::kSlower);
  EXPECT_THAT(forced.pairs[0].warnings, Contains(HasSubstr("ignored, though it must agree: the setting 'settle'")));
}

TEST(Compare, sees_that_one_boot_of_a_side_was_measured_on_another_machine) {
  std::vector<BootDigest> b = made_boots("6.13.0", 5, 80'000);
  for (Fact& fact : b[3].environment) {
    if (fact.key == "clock_source") fact.value = std::string("hpet");
  }
  const Comparison comparison = judged(made_boots("6.12.1", 5, 40'000), b);
  EXPECT_EQ(comparison.verdict, Verdict::kIncomparable);
  EXPECT_THAT(comparison.pairs[0].differences, Contains("clock_source differs: tsc in A, hpet in B"));
}

TEST(Compare, warns_of_what_differs_beside_the_kernel) {
  std::vector<BootDigest> b = made_boots("6.13.0", 5, 40'000);
  for (BootDigest& boot : b) boot.environment.push_back({"command_line", std::string("quiet")});
  const Comparison comparison = judged(made_boots("6.12.1", 5, 40'000), b);
  EXPECT_NE(comparison.verdict, Verdict::kIncomparable);
  EXPECT_THAT(comparison.pairs[0].warnings,
              Contains("not asked about: command_line differs: unknown in A, quiet in B"));
}

TEST(Compare, does_not_warn_of_the_one_thing_that_differs_on_one_kernel) {
  std::vector<BootDigest> b = made_boots("6.12.1", 5, 40'000);
  for (size_t i = 0; i < b.size(); ++i) {
    b[i].run_id = "other " + std::to_string(i);
    b[i].boot_id = "other " + std::to_string(i);
    b[i].environment.push_back({"command_line", std::string("quiet")});
  }
  EXPECT_THAT(judged(made_boots("6.12.1", 5, 40'000), b).pairs[0].warnings, Not(Contains(HasSubstr("not asked"))));
}

TEST(Compare, marks_sides_of_different_sessions_and_asks_more_of_them) {
  const auto later = made_boots("6.13.0", 5, 42'800, 0.001, 60);
  const Comparison comparison = judged(made_boots("6.12.1", 5, 40'000, 0.001), later);
  EXPECT_TRUE(comparison.pairs[0].across_sessions);
  EXPECT_THAT(only_row(comparison).marks, Contains("across sessions"));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSame) << "7% is within the 10% asked for across sessions";
  EXPECT_THAT(comparison.headline, HasSubstr("(across sessions)"));
  const Comparison strict = judged(made_boots("6.12.1", 5, 40'000), later, {.same_session = true});
  EXPECT_EQ(strict.verdict, Verdict::kIncomparable);
}

TEST(Compare, fails_for_a_new_errno_and_never_calls_such_a_case_faster) {
  std::vector<MadeSample> good = even_samples(100, 38'000, 42'000, 1);
  std::vector<MadeSample> bad = even_samples(100, 9'000, 11'000, 1);
  bad.push_back({.return_ns = 10, .errno_value = EBUSY});
  const Comparison comparison = judged(boots_of("6.12.1", 5, good), boots_of("6.13.0", 5, bad));
  EXPECT_TRUE(comparison.fails);
  EXPECT_NE(only_row(comparison).verdict, Verdict::kFaster);
  EXPECT_THAT(comparison.headline, HasSubstr("Device or resource busy (5 of 505 calls, none of 500 with A)"));
}

TEST(Compare, does_not_fail_for_an_errno_that_the_baseline_has_too) {
  std::vector<MadeSample> samples = even_samples(100, 38'000, 42'000, 1);
  samples.push_back({.return_ns = 10, .errno_value = EBUSY});
  const Comparison comparison = judged(boots_of("6.12.1", 5, samples), boots_of("6.13.0", 5, samples));
  EXPECT_FALSE(comparison.fails);
  EXPECT_THAT(only_row(comparison).notes, Contains(HasSubstr("failed calls: ")));
}

TEST(Compare, fails_for_a_new_failed_check) {
  std::vector<BootDigest> b = made_boots("6.13.0", 5, 40'000);
  for (CaseDigest& one : b[2].whole.cases) one.failed_checks.push_back({"released", "failed", "still held after 5 s"});
  const Comparison comparison = judged(made_boots("6.12.1", 5, 40'000), b);
  EXPECT_TRUE(comparison.fails);
  EXPECT_THAT(only_row(comparison).words, HasSubstr("check 'released' fails with B and not with A"));
}

TEST(Compare, says_that_a_wait_has_moved_instead_of_calling_it_faster) {
  std::vector<MadeSample> before = even_samples(100, 38'000, 42'000, 1);
  std::vector<MadeSample> after = even_samples(100, 9'000, 11'000, 0);
  for (MadeSample& sample : after) sample.released_ns = 9'000'000;
  const Comparison comparison = judged(boots_of("6.12.1", 5, before), boots_of("6.13.0", 5, after));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kInconclusive);
  EXPECT_THAT(only_row(comparison).marks, Contains("moved"));
  EXPECT_THAT(only_row(comparison).marks, Contains("deferred"));
  EXPECT_EQ(only_row(comparison).words, "returns sooner, but releases later");
}

TEST(Compare, takes_the_direction_from_the_metric) {
  std::vector<BootDigest> a = made_boots("6.12.1", 5, 40'000);
  std::vector<BootDigest> b = made_boots("6.13.0", 5, 80'000);
  for (auto* side : {&a, &b}) {
    for (BootDigest& boot : *side) boot.whole.cases[0].metrics[0].better = "higher";
  }
  const Comparison comparison = judged(a, b);
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kFaster);
  EXPECT_THAT(only_row(comparison).words, HasSubstr("2.0 times faster"));
}

TEST(Compare, is_incomparable_for_a_case_that_was_skipped_on_one_side_and_says_why) {
  std::vector<BootDigest> b;
  for (int i = 0; i < 4; ++i) {
    const MadeBoot made{.kernel = "6.13.0", .number = i};
    b.push_back(
        digest(made.record_of({made_case(kPlainId, "skipped", "no ext4 here")}), MadeBoot::plan(), made.source()));
  }
  const Comparison comparison = judged(made_boots("6.12.1", 4, 40'000), b);
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kIncomparable);
  EXPECT_FALSE(comparison.fails);
  EXPECT_THAT(only_row(comparison).notes, Contains("nothing to compare with B: skipped: no ext4 here"));
}

TEST(Compare, fails_for_a_case_that_fails_with_the_candidate_alone) {
  std::vector<BootDigest> b;
  for (int i = 0; i < 4; ++i) {
    const MadeBoot made{.kernel = "6.13.0", .number = i};
    b.push_back(digest(made.record_of({made_case(kPlainId, "failed", "mount: EIO")}), MadeBoot::plan(), made.source()));
  }
  EXPECT_TRUE(judged(made_boots("6.12.1", 4, 40'000), b).fails);
}

TEST(Compare, refuses_sides_without_a_case_in_common_and_lists_both) {
  std::vector<BootDigest> b;
  b.push_back(MadeBoot{.kernel = "6.13.0", .id = "umount/fs=ext4/mode=plain/method=syscall/rcu=default"}.boot());
  const auto refused =
      compare({{.name = "A", .boots = made_boots("6.12.1", 1, 40'000)}, {.name = "B", .boots = b}}, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(refused.error().text(), testing::AllOf(HasSubstr("fs=tmpfs"), HasSubstr("fs=ext4")));
}

TEST(Compare, lets_only_the_declared_gate_fail_a_run) {
  const CompareOptions none_gated{.gated = [](const std::string&) { return false; }};
  const Comparison comparison = judged(made_boots("6.12.1", 5, 40'000), made_boots("6.13.0", 5, 80'000), none_gated);
  EXPECT_FALSE(comparison.fails);
  EXPECT_FALSE(only_row(comparison).quantiles[0].gated);
  EXPECT_TRUE(only_row(comparison).quantiles[0].adjusted.has_value()) << "it has its q value all the same";
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSlower);
}

TEST(Compare, judges_a_tail_only_with_enough_boots_and_samples) {
  const CompareOptions tail{.gate_quantiles = {0.5, 0.99}};
  const Comparison few = judged(made_boots("6.12.1", 7, 40'000), made_boots("6.13.0", 7, 40'000), tail);
  EXPECT_FALSE(only_row(few).quantiles.back().gated) << "100 samples a boot are too few for p99";
  EXPECT_THAT(only_row(few).notes,
              Contains(HasSubstr("p99 is not judged: that takes 5 boots a side with 300 samples")));
  const std::vector<MadeSample> many = even_samples(300, 38'000, 42'000, 1);
  const Comparison enough = judged(boots_of("6.12.1", 5, many), boots_of("6.13.0", 5, many), tail);
  EXPECT_TRUE(only_row(enough).quantiles.back().gated);
  EXPECT_EQ(enough.gate_size, 2U);
}

std::vector<BootDigest> boots_with_cases(const std::string& kernel, size_t boots, size_t cases, double factor) {
  std::vector<BootDigest> made;
  for (size_t i = 0; i < boots; ++i) {
    const MadeBoot boot{.kernel = kernel, .number = static_cast<int>(i)};
    std::vector<CaseRecord> records;
    for (size_t j = 0; j < cases; ++j) {
      const double centre = 40'000 * factor * (1 + 0.01 * std::sin(static_cast<double>(i * 5 + j)));
      records.push_back(
          made_case("umount/fs=tmpfs/files=" + std::to_string(j),
                    even_samples(40, static_cast<int64_t>(centre * 0.9), static_cast<int64_t>(centre * 1.1), 1)));
    }
    made.push_back(digest(boot.record_of(std::move(records)), MadeBoot::plan(), boot.source()));
  }
  return made;
}

TEST(Compare, keeps_the_family_whole_whatever_is_shown_of_it) {
  const CompareOptions one{.shown = [](const std::string& id) { return id.ends_with("files=3"); }};
  const Comparison comparison = judged(boots_with_cases("6.12.1", 5, 10, 1), boots_with_cases("6.13.0", 5, 10, 2), one);
  EXPECT_EQ(comparison.pairs[0].rows.size(), 1U);
  EXPECT_EQ(comparison.gate_size, 10U);
}

TEST(Compare, tells_where_welchs_p_stands_in_for_an_exact_one_that_is_too_coarse) {
  const Comparison comparison = judged(boots_with_cases("6.12.1", 5, 10, 1), boots_with_cases("6.13.0", 5, 10, 2));
  for (const Row& row : comparison.pairs[0].rows) {
    EXPECT_EQ(row.verdict, Verdict::kSlower);
    EXPECT_EQ(row.quantiles[0].method, Method::kExactWelch);
    EXPECT_THAT(row.notes, Contains(HasSubstr("p is Welch's: the exact test can't get below 0.0079")));
  }
}

TEST(Compare, says_how_many_gated_tests_so_many_boots_carry) {
  EXPECT_EQ(family_carried(3, 0.05), 0U);
  EXPECT_EQ(family_carried(4, 0.05), 1U);
  EXPECT_EQ(family_carried(5, 0.05), 6U);
  EXPECT_EQ(family_carried(6, 0.05), 23U);
  EXPECT_EQ(family_carried(7, 0.05), 85U);
  EXPECT_EQ(family_carried(8, 0.05), 321U);
}

TEST(Compare, gives_a_provisional_verdict_by_a_noise_profile_and_fails_nothing_for_it) {
  NoiseProfile noise;
  noise.entries = {{kPlainId, "return_ns", 0.5, 0.02, 12}};
  const CompareOptions options{.noise = &noise};
  const Comparison comparison = judged(made_boots("6.12.1", 1, 40'000), made_boots("6.13.0", 1, 80'000), options);
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSlower);
  EXPECT_THAT(only_row(comparison).marks, Contains("provisional"));
  EXPECT_FALSE(comparison.fails);
  const Comparison boots = judged(made_boots("6.12.1", 4, 40'000), made_boots("6.13.0", 4, 80'000), options);
  EXPECT_THAT(only_row(boots).marks, Not(Contains("provisional"))) << "four boots speak for themselves";
}

}  // namespace
}  // namespace umb
