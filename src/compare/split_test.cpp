// SPDX-License-Identifier: Apache-2.0
#include "compare/split.h"

#include "compare/compare.h"
#include "compare/test_boots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kNormalId = "umount/fs=tmpfs/mode=plain/method=syscall/rcu=normal";

std::vector<std::string> names(const std::vector<Side>& sides) {
  std::vector<std::string> all;
  for (const Side& side : sides) all.push_back(side.name);
  return all;
}

/// One boot with seven rounds of rcu=default and rcu=normal, whose times drift from round to round.
BootDigest boot_with_rounds(int number) {
  std::vector<MadeSample> fast;
  std::vector<MadeSample> slow;
  for (uint32_t round = 0; round < 7; ++round) {
    for (MadeSample sample : even_samples(30, 36'000 + 9'000 * round, 44'000 + 9'000 * round, 1)) {
      sample.round = round;
      fast.push_back(sample);
      sample.return_ns *= 300;
      sample.released_ns *= 300;
      slow.push_back(sample);
    }
  }
  const MadeBoot made{.number = number};
  RunRecord run = made.record_of({made_case(kPlainId, fast), made_case(kNormalId, slow)});
  run.rounds.resize(7);
  for (uint32_t round = 0; round < 7; ++round) run.rounds[round].index = round;
  return digest(run, MadeBoot::plan(), made.source());
}

Comparison by_rcu(const std::vector<BootDigest>& boots) {
  Split split = *split_by(boots, "rcu");
  return *compare(std::move(split.sides), {.by = "rcu", .by_parameters = split.by_parameters});
}

TEST(Split, by_a_parameter_pairs_the_rounds_of_one_boot) {
  const Comparison comparison = by_rcu({boot_with_rounds(0)});
  EXPECT_THAT(names(comparison.sides), ElementsAre("rcu=default", "rcu=normal"));
  const Pair& pair = comparison.pairs[0];
  EXPECT_TRUE(pair.paired);
  EXPECT_EQ(pair.unit, "round");
  ASSERT_EQ(pair.rows.size(), 1U);
  EXPECT_EQ(pair.rows[0].id, "umount/fs=tmpfs/mode=plain/method=syscall");
  EXPECT_EQ(pair.rows[0].baseline.units, 7U);
  EXPECT_EQ(pair.rows[0].quantiles[0].method, Method::kPairedT);
  EXPECT_THAT(pair.rows[0].words, HasSubstr("300 times slower (two orders of magnitude)"));
}

TEST(Split, by_a_parameter_pairs_boots_where_there_are_several) {
  const Comparison comparison = by_rcu({boot_with_rounds(0), boot_with_rounds(1), boot_with_rounds(2)});
  EXPECT_TRUE(comparison.pairs[0].paired);
  EXPECT_EQ(comparison.pairs[0].unit, "boot");
  EXPECT_EQ(comparison.pairs[0].rows[0].baseline.units, 3U);
}

TEST(Split, leaves_disturbed_rounds_out_while_there_are_others) {
  BootDigest boot = boot_with_rounds(0);
  boot.by_round[2].disturbed = true;
  EXPECT_EQ(by_rcu({boot}).pairs[0].rows[0].baseline.units, 6U);
}

TEST(Split, takes_runs_of_one_round_in_one_boot_for_rounds) {
  std::vector<BootDigest> boots;
  for (int i = 0; i < 5; ++i) {
    const MadeBoot made{.number = i};
    const int64_t drift = 500 * i;
    boots.push_back(
        digest(made.record_of({made_case(kPlainId, even_samples(30, 36'000 + drift, 44'000 + drift, 1)),
                               made_case(kNormalId, even_samples(30, 72'000 + 2 * drift, 88'000 + 3 * drift, 1))}),
               MadeBoot::plan(), made.source()));
    boots.back().boot_id = "the only boot";
  }
  const Comparison comparison = by_rcu(boots);
  EXPECT_EQ(comparison.pairs[0].unit, "round");
  EXPECT_EQ(comparison.pairs[0].rows[0].baseline.units, 5U);
  EXPECT_EQ(comparison.pairs[0].rows[0].verdict, Verdict::kSlower);
}

TEST(Split, by_kernel_makes_a_side_of_each) {
  std::vector<BootDigest> boots = made_boots("6.12.1", 3, 40'000);
  for (BootDigest& boot : made_boots("6.13.0", 2, 40'000)) boots.push_back(boot);
  const Split split = *split_by(boots, "kernel");
  EXPECT_THAT(names(split.sides), ElementsAre("6.12.1", "6.13.0"));
  EXPECT_TRUE(split.by_parameters.empty());
  EXPECT_EQ(split.sides[1].boots.size(), 2U);
}

TEST(Split, by_rcu_normal_after_boot_takes_it_as_the_kernel_was_booted_with_the_effective_value_beside_it) {
  std::vector<BootDigest> boots = made_boots("6.12.1", 2, 40'000);
  for (Fact& fact : boots[1].environment) {
    if (fact.key == "rcu_normal_after_boot_requested") fact.value = int64_t{1};
  }
  EXPECT_THAT(names(split_by(boots, "rcu_normal_after_boot")->sides),
              ElementsAre("rcu_normal_after_boot=0 (effective 0)", "rcu_normal_after_boot=1 (effective 0)"));
}

TEST(Split, refuses_what_nothing_knows_and_what_gives_one_side) {
  const std::vector<BootDigest> boots = made_boots("6.12.1", 2, 40'000);
  EXPECT_THAT(split_by(boots, "kernle").error().hint, HasSubstr("kernel"));
  EXPECT_THAT(split_by(boots, "rcu").error().text(), HasSubstr("gives one side only"));
  EXPECT_THAT(split_by(boots, "kernel").error().text(), HasSubstr("gives one side only"));
}

TEST(GroupAlike, makes_one_side_of_boots_that_are_alike_in_what_is_under_test) {
  std::vector<BootDigest> boots;
  for (const auto& kernel : {"6.12.1", "6.13.0"}) {
    for (const BootDigest& boot : made_boots(kernel, 2, 40'000)) boots.push_back(boot);
  }
  boots[3].label = "patched";
  EXPECT_THAT(names(group_alike(boots)), ElementsAre("6.12.1", "6.13.0", "patched"));
}

TEST(GroupAlike, tells_sides_of_one_kernel_apart_by_what_differs) {
  std::vector<BootDigest> boots = made_boots("6.12.1", 3, 40'000);
  for (Fact& fact : boots[2].environment) {
    if (fact.key == "rcu_normal") fact.value = int64_t{1};
  }
  EXPECT_THAT(names(group_alike(boots)), ElementsAre("6.12.1 (rcu_normal=0)", "6.12.1 (rcu_normal=1)"));
  for (BootDigest& boot : boots) boot.environment.push_back({"command_line", std::string(60, 'x') + boot.run_id});
  boots[2].environment = boots[0].environment;
  boots[1].environment = boots[0].environment;
  boots[2].environment.back().value = std::string(60, 'y');
  EXPECT_THAT(names(group_alike(boots)), ElementsAre("6.12.1", "6.12.1 (2)"));
}

TEST(ChooseBaseline, puts_the_named_side_first_also_by_its_value_alone) {
  std::vector<Side> sides = split_by({boot_with_rounds(0)}, "rcu")->sides;
  ASSERT_TRUE(choose_baseline("normal", sides).has_value());
  EXPECT_THAT(names(sides), ElementsAre("rcu=normal", "rcu=default"));
  EXPECT_THAT(choose_baseline("nromal", sides).error().text(), HasSubstr("no side is called"));
}

}  // namespace
}  // namespace umb
