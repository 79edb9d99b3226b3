// SPDX-License-Identifier: Apache-2.0
// What holds where boots of a side differ, where only a part is gated or shown, and in words.
#include "compare/compare.h"
#include "compare/comparison_words.h"
#include "compare/test_boots.h"

#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// A boot in which the case was not measured.
BootDigest boot_without(const std::string& kernel, int number, const std::string& outcome, const std::string& reason) {
  const MadeBoot made{.kernel = kernel, .number = number};
  return digest(made.record_of({made_case(kPlainId, outcome, reason)}), MadeBoot::plan(), made.source());
}

CompareOptions only_shown(const std::string& end) {
  return {.shown = [end](const std::string& id) { return id.ends_with(end); }};
}

/// Boots of two cases, of which the second is `factor` times the first.
std::vector<BootDigest> boots_of_two(const std::string& kernel, double factor) {
  std::vector<BootDigest> boots;
  for (int i = 0; i < 6; ++i) {
    const MadeBoot made{.kernel = kernel, .number = i};
    const auto centre = static_cast<int64_t>(40'000 + 37 * i);
    const auto other = static_cast<int64_t>(static_cast<double>(centre) * factor);
    boots.push_back(digest(made.record_of({made_case("umount/fs=tmpfs", even_samples(40, centre, centre + 4'000, 1)),
                                           made_case("umount/fs=ext4", even_samples(40, other, other + 4'000, 1))}),
                           MadeBoot::plan(), made.source()));
  }
  return boots;
}

TEST(CompareRules, a_case_skipped_in_the_first_boot_is_judged_by_the_others) {
  std::vector<BootDigest> a = made_boots("6.12.1", 6, 40'000);
  std::vector<BootDigest> b = made_boots("6.13.0", 6, 80'000);
  a[0] = boot_without("6.12.1", 0, "skipped", "docker is not running");
  b[0] = boot_without("6.13.0", 0, "skipped", "docker is not running");
  const Comparison comparison = judged(a, b);
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSlower);
  EXPECT_EQ(only_row(comparison).baseline.units, 5U);
}

TEST(CompareRules, a_case_that_fails_in_one_of_the_candidates_boots_fails_the_run) {
  std::vector<BootDigest> b = made_boots("6.13.0", 6, 40'000);
  b[3] = boot_without("6.13.0", 3, "failed", "mount: EIO");
  const Comparison comparison = judged(made_boots("6.12.1", 6, 40'000), b);
  EXPECT_TRUE(comparison.fails);
  EXPECT_EQ(only_row(comparison).words, "failed with B in 1 of 6 boots: mount: EIO");
}

TEST(CompareRules, a_case_that_fails_in_some_boots_of_both_sides_is_told_and_fails_nothing) {
  std::vector<BootDigest> a = made_boots("6.12.1", 6, 40'000);
  std::vector<BootDigest> b = made_boots("6.13.0", 6, 40'000);
  a[1] = boot_without("6.12.1", 1, "failed", "mount: EIO");
  b[3] = boot_without("6.13.0", 3, "failed", "mount: EIO");
  const Comparison comparison = judged(a, b);
  EXPECT_FALSE(comparison.fails);
  EXPECT_THAT(only_row(comparison).notes, Contains("failed with B in 1 of 6 boots, and with A too: mount: EIO"));
}

TEST(CompareRules, a_case_that_failed_in_the_first_boot_keeps_the_metrics_direction) {
  std::vector<BootDigest> a = made_boots("6.12.1", 6, 40'000);
  std::vector<BootDigest> b = made_boots("6.13.0", 6, 80'000);
  a[0] = boot_without("6.12.1", 0, "failed", "mount: EIO");
  b[0] = boot_without("6.13.0", 0, "failed", "mount: EIO");
  EXPECT_EQ(only_row(judged(a, b)).verdict, Verdict::kSlower);
}

TEST(CompareRules, a_new_failure_is_told_before_those_that_both_sides_have) {
  std::vector<BootDigest> a = made_boots("6.12.1", 5, 40'000);
  std::vector<BootDigest> b = made_boots("6.13.0", 5, 40'000);
  for (auto* side : {&a, &b}) (*side)[0].whole.cases[0].errnos = {{EBUSY, 1}};
  b[2].whole.cases[0].failed_checks.push_back({"released", "failed", "still held after 5 s"});
  const Comparison comparison = judged(a, b);
  EXPECT_THAT(only_row(comparison).words, StartsWith("check 'released' fails with B and not with A"));
  EXPECT_THAT(only_row(comparison).notes, Contains(StartsWith("failed calls: ")));
}

TEST(CompareRules, a_side_is_unsound_where_a_case_or_a_check_failed_in_one_boot) {
  const std::vector<BootDigest> a = made_boots("6.12.1", 5, 40'000);
  std::vector<BootDigest> b = made_boots("6.13.0", 5, 40'000);
  b[2].whole.cases[0].outcome = "failed";
  const Comparison failed = judged(a, b);
  EXPECT_EQ(only_row(failed).candidate.failed_units, 1U);
  EXPECT_FALSE(is_sound(only_row(failed).candidate));
  EXPECT_TRUE(is_sound(only_row(failed).baseline));
  b[2].whole.cases[0].outcome = "measured";
  b[2].whole.cases[0].failed_checks.push_back({"released", "failed", "still held after 5 s"});
  const Comparison checked = judged(a, b);
  EXPECT_FALSE(is_sound(only_row(checked).candidate));
}

/// Boots of a container's start, whose runtime took this path; "": not known.
std::vector<BootDigest> boots_by(const std::string& path, const std::string& kernel, double centre_ns,
                                 const std::string& asked_for = "pivot") {
  std::vector<BootDigest> boots;
  for (int i = 0; i < 6; ++i) {
    const MadeBoot made{.kernel = kernel, .number = i};
    const auto low = static_cast<int64_t>(centre_ns) + 37 * i;
    CaseRecord one = made_case("container/runtime=crun", even_samples(40, low, low + 4'000, 1));
    one.spec.parameters = {{"runtime", "crun"}, {"path", asked_for}};
    one.facts = {{"container_path", path.empty() ? FactValue() : FactValue(path)}};
    boots.push_back(digest(made.record_of({one}), MadeBoot::plan(), made.source()));
  }
  return boots;
}

TEST(CompareRules, a_container_started_by_another_path_is_another_thing) {
  const Comparison comparison =
      judged(boots_by("pivot", "6.12.1", 40'000), boots_by("open_tree_namespace", "7.2.1", 80'000));
  const Row& row = only_row(comparison);
  EXPECT_EQ(row.verdict, Verdict::kIncomparable);
  EXPECT_EQ(row.words, "its containers started by unlike paths: pivot with A, open_tree_namespace with B");
  EXPECT_FALSE(comparison.fails);
  EXPECT_THAT(comparison.headline, HasSubstr("unlike paths"));
}

TEST(CompareRules, containers_started_by_one_path_are_compared) {
  const Comparison comparison = judged(boots_by("pivot", "6.12.1", 40'000), boots_by("pivot", "7.2.1", 80'000));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSlower);
}

TEST(CompareRules, a_side_with_both_paths_compares_with_none) {
  std::vector<BootDigest> b = boots_by("pivot", "7.2.1", 80'000);
  b[3] = boots_by("open_tree_namespace", "7.2.1", 80'000)[3];
  EXPECT_EQ(only_row(judged(boots_by("pivot", "6.12.1", 40'000), b)).words,
            "its containers started by unlike paths: pivot with A, open_tree_namespace and pivot with B");
}

TEST(CompareRules, a_path_that_was_asked_for_is_what_is_compared) {
  const Comparison comparison = judged(boots_by("pivot", "7.2.1", 40'000),
                                       boots_by("open_tree_namespace", "7.2.2", 80'000, "open_tree_namespace"),
                                       {.by = "path", .by_parameters = {"path"}});
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSlower);
}

TEST(CompareRules, a_path_that_one_side_does_not_know_is_told) {
  const Comparison comparison = judged(boots_by("", "6.12.1", 40'000), boots_by("pivot", "7.2.1", 80'000));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSlower);
  EXPECT_THAT(only_row(comparison).notes, Contains("with A it is not known by which path its containers started"));
}

TEST(CompareRules, the_verdict_is_of_what_is_shown) {
  const auto a = boots_of_two("6.12.1", 1);
  const auto b = boots_of_two("6.13.0", 3);
  EXPECT_EQ(judged(a, b).verdict, Verdict::kSlower);
  const Comparison shown = judged(a, b, only_shown("fs=tmpfs"));
  EXPECT_EQ(shown.verdict, Verdict::kSame);
  EXPECT_FALSE(shown.fails);
  EXPECT_EQ(shown.gate_size, 2U);
}

TEST(CompareRules, nothing_gated_is_inconclusive_not_incomparable) {
  const CompareOptions none_gated{.gated = [](const std::string&) { return false; }};
  const Comparison comparison = judged(made_boots("6.12.1", 5, 40'000), made_boots("6.13.0", 5, 80'000), none_gated);
  EXPECT_EQ(comparison.verdict, Verdict::kInconclusive);
  EXPECT_THAT(comparison.headline, StartsWith("inconclusive: nothing is gated among 1 case"));
}

TEST(CompareRules, an_explored_row_is_told_by_its_p50_alone) {
  const CompareOptions none_gated{.gated = [](const std::string&) { return false; }};
  std::vector<BootDigest> a = made_boots("6.12.1", 5, 40'000, 0.1);
  std::vector<BootDigest> b = made_boots("6.13.0", 5, 42'000, 0.1);
  // Its tail is beyond settling.
  for (size_t i = 0; i < b.size(); ++i)
    b[i].whole.cases[0].metrics[0].quantiles[3].value *= 1 + 20.0 * static_cast<double>(i % 2);
  const Row row = only_row(judged(a, b, none_gated));
  EXPECT_EQ(row.verdict, Verdict::kInconclusive);
  EXPECT_THAT(row.words, HasSubstr("more boots a side would settle it"));
}

TEST(CompareRules, a_limit_is_told_as_it_was_given) {
  const Comparison comparison =
      judged(made_boots("6.12.1", 7, 40'000, 0.001), made_boots("6.13.0", 7, 40'000, 0.001), {.threshold = 0.025});
  EXPECT_EQ(only_row(comparison).words, "the same within 2.5%");
  EXPECT_THAT(comparison.headline, HasSubstr("within 2.5%"));
}

TEST(CompareRules, quantiles_are_named_with_all_their_digits) {
  const Comparison comparison =
      judged(made_boots("6.12.1", 7, 40'000), made_boots("6.13.0", 7, 40'000), {.gate_quantiles = {0.5, 0.999}});
  EXPECT_THAT(comparison.gate, StartsWith("p50, p99.9 of"));
  EXPECT_EQ(quantile_name(0.07), "p7");
}

TEST(CompareRules, a_gated_quantile_that_one_side_comes_without_is_told) {
  std::vector<BootDigest> a = made_boots("6.12.1", 5, 40'000);
  for (BootDigest& boot : a) {
    boot.plan.gate = Gate{".", {0.75}};
    boot.whole.cases[0].metrics[0].quantiles.push_back({0.75, 41'000});
  }
  const Comparison comparison = judged(a, made_boots("6.13.0", 5, 80'000), {.gate_quantiles = {0.75}});
  EXPECT_THAT(only_row(comparison).notes, Contains(StartsWith("p75 is gated and not judged: B comes without it")));
  EXPECT_THAT(comparison.pairs[0].warnings, Contains(StartsWith("the plans' gates differ")));
  EXPECT_EQ(comparison.verdict, Verdict::kInconclusive);
}

TEST(CompareRules, the_headline_names_the_candidate_where_there_are_several) {
  const auto made = compare({{.name = "A", .boots = made_boots("6.12.1", 5, 40'000)},
                             {.name = "B", .boots = made_boots("6.13.0", 5, 40'000)},
                             {.name = "C", .boots = made_boots("6.14.0", 5, 80'000)}},
                            {});
  EXPECT_THAT(made->headline, HasSubstr(" with C, 2.0 times slower"));
}

TEST(CompareRules, the_headline_says_of_which_case_there_is_no_verdict_and_says_that_once) {
  const Comparison comparison = judged(made_boots("6.12.1", 5, 40'000, 0.1), made_boots("6.13.0", 5, 42'000, 0.1));
  EXPECT_THAT(
      comparison.headline,
      testing::MatchesRegex("inconclusive: no verdict for 1 of 1 case; umount of tmpfs [^:]*: .*% (slow|fast)er: "
                            "about [0-9]+ more boots a side would settle it within 5% .*"));
}

TEST(CompareRules, nearly_two_orders_of_magnitude_are_called_so) {
  EXPECT_EQ(effect_in_words(82, "lower"), "82 times slower (nearly two orders of magnitude)");
  EXPECT_EQ(effect_in_words(366, "lower"), "366 times slower (two orders of magnitude)");
  EXPECT_EQ(effect_in_words(5, "lower"), "5.0 times slower");
}

TEST(CompareRules, one_boot_against_several_says_which_side_lacks_some) {
  const Comparison comparison = judged(made_boots("6.12.1", 7, 40'000), made_boots("6.13.0", 1, 80'000));
  EXPECT_THAT(only_row(comparison).words, StartsWith("no verdict: one boot on one side"));
}

TEST(CompareRules, a_noise_profile_of_another_kernel_is_warned_of) {
  NoiseProfile noise;
  noise.entries = {{kPlainId, "return_ns", 0.5, 0.02, 12}};
  noise.like = made_boots("6.1.0", 1, 40'000)[0];
  const auto a = made_boots("6.12.1", 1, 40'000);
  const auto b = made_boots("6.13.0", 1, 40'000);
  EXPECT_THAT(judged(a, b, {.noise = &noise}).warnings, Contains(HasSubstr("is of kernel 6.1.0, and A is 6.12.1")));
  noise.like = a[0];
  EXPECT_THAT(judged(a, b, {.noise = &noise}).warnings, Not(Contains(HasSubstr("noise profile"))));
}

TEST(CompareRules, what_the_boot_parameter_asked_about_brings_with_it_is_no_surprise) {
  std::vector<BootDigest> b = made_boots("6.12.1", 3, 40'000);
  for (BootDigest& boot : b) {
    boot.run_id += " b";
    for (Fact& fact : boot.environment) {
      if (fact.key.starts_with("rcu_normal_after_boot") || fact.key == "rcu_normal") fact.value = int64_t{1};
    }
  }
  const Comparison comparison = judged(made_boots("6.12.1", 3, 40'000), b, {.by = "rcu_normal_after_boot"});
  EXPECT_THAT(comparison.pairs[0].warnings, Not(Contains(HasSubstr("not asked about"))));
}

TEST(CompareRules, calls_of_disturbed_rounds_count_among_those_that_were_tried) {
  std::vector<MadeSample> samples = even_samples(20, 38'000, 42'000, 1);
  for (size_t i = 10; i < samples.size(); ++i) samples[i].round = 1;
  samples.push_back({.return_ns = 10, .errno_value = EBUSY, .round = 1});
  RunRecord run = MadeBoot{}.record_of({made_case(kPlainId, samples)});
  run.rounds.resize(2);
  run.rounds[1] = {.index = 1, .disturbed = true};
  const BootDigest boot = digest(run, MadeBoot::plan(), "a.json");
  EXPECT_EQ(boot.whole.cases[0].samples, 21U);
  EXPECT_EQ(boot.whole.cases[0].metric("return_ns")->count, 10U);
  EXPECT_EQ(boot.by_round[1].cases[0].samples, 11U);
  EXPECT_EQ(boot.by_round[0].cases[0].metric("return_ns")->count, 10U);
}

}  // namespace
}  // namespace umb
