// SPDX-License-Identifier: Apache-2.0
#include "compare/history_settings.h"

#include "compare/test_builds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// 20 kernels, each under two command lines, of which the second takes 50 times as long; +30% from build 10 on.
std::vector<BootDigest> under_two_command_lines() {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < 20; ++i) {
    for (const bool normal : {false, true}) {
      BootDigest boot = made_build(i, (i < 10 ? 1 : 1.3) * (normal ? 2'000'000 : 40'000));
      boot.boot_id += normal ? " normal" : "";
      set_fact(boot, "command_line",
               "console=ttyS0 BOOT_IMAGE=/boot/" + made_release(i) + (normal ? " rcupdate.rcu_normal=1" : ""));
      set_fact(boot, "rcu_normal", int64_t{normal ? 1 : 0});
      boots.push_back(std::move(boot));
    }
  }
  return boots;
}

TEST(HistorySettings, give_a_series_each_where_a_kernel_is_booted_in_several_ways) {
  const History made = history(under_two_command_lines(), {}).value();
  EXPECT_THAT(made.builds, SizeIs(20));
  EXPECT_EQ(made.builds[3].boots, 2U);
  ASSERT_THAT(made.series, SizeIs(2));
  for (const HistorySeries& series : made.series) {
    EXPECT_EQ(series.plain_id, kPlainId);
    ASSERT_THAT(series.changes, SizeIs(1)) << series.case_id;
    EXPECT_EQ(series.changes[0].at, 10U);
    EXPECT_EQ(series.changes[0].kind, HistoryKind::kLevel);
  }
  EXPECT_EQ(made.series[0].case_id, std::string(kPlainId) + " (rcupdate.rcu_normal=1)");
  EXPECT_EQ(made.series[1].case_id, std::string(kPlainId) + " (without rcupdate.rcu_normal)");
}

TEST(HistorySettings, do_not_divide_builds_that_have_one_each) {
  std::vector<BootDigest> boots = made_builds(14, [](size_t) { return 40'000; });
  for (size_t i = 0; i < boots.size(); ++i) {
    set_fact(boots[i], "command_line", "BOOT_IMAGE=/boot/vmlinuz-" + made_release(i) + " quiet");
  }
  const History made = history(boots, {}).value();
  EXPECT_THAT(made.builds, SizeIs(14));
  ASSERT_THAT(made.series, SizeIs(1));
  EXPECT_EQ(made.series[0].case_id, kPlainId);
}

TEST(HistorySettings, are_no_words_that_each_boot_has_its_own_of) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < 12; ++i) {
    BootDigest boot = made_build(i / 2, 40'000);
    boot.boot_id += std::to_string(i);
    set_fact(boot, "command_line", "nfsroot=/jobs/" + std::to_string(i));
    boots.push_back(std::move(boot));
  }
  const History made = history(boots, {}).value();
  EXPECT_THAT(made.builds, SizeIs(6));
  EXPECT_THAT(made.series, SizeIs(1));
}

TEST(HistorySettings, are_labels_too_that_many_kernels_have_and_a_kernel_has_many_of) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < 6; ++i) {
    for (const char* label : {"", "rt"}) {
      boots.push_back(made_build(i, *label == '\0' ? 40'000 : 90'000));
      boots.back().label = label;
      boots.back().boot_id += label;
    }
  }
  const History made = history(boots, {}).value();
  EXPECT_THAT(made.builds, SizeIs(6));
  EXPECT_EQ(made.builds[0].name, made_release(0));
  ASSERT_THAT(made.series, SizeIs(2));
  EXPECT_EQ(made.series[0].case_id, std::string(kPlainId) + " (rt)");
  // One kernel under many labels is many builds.
  for (size_t i = 0; i < boots.size(); ++i) {
    boots[i] = made_build(0, 40'000);
    boots[i].label = "commit " + std::to_string(i);
  }
  EXPECT_THAT(history(boots, {}).value().builds, SizeIs(12));
}

TEST(HistorySettings, that_the_label_names_too_do_not_make_it_another_build) {
  std::vector<BootDigest> boots = under_two_command_lines();
  for (size_t i = 0; i < boots.size(); ++i) {
    boots[i].label = "build" + std::to_string(i / 2) + (i % 2 == 0 ? ".as-booted" : ".rcupdate.rcu_normal=1");
  }
  const History made = history(boots, {}).value();
  ASSERT_THAT(made.builds, SizeIs(20));
  EXPECT_EQ(made.builds[3].name, "build3");
  EXPECT_THAT(made.series, SizeIs(2));
  // One that was measured again under another name is a build of its own, and leaves the others as they are.
  boots.push_back(boots[10]);
  boots.back().label = "again";
  boots.back().boot_id = "again";
  EXPECT_THAT(history(boots, {}).value().builds, SizeIs(22));
  boots.resize(2);
  EXPECT_THAT(history(boots, {}).value().builds, SizeIs(1));
}

TEST(HistorySettings, of_one_build_are_told_apart_too) {
  std::vector<BootDigest> boots = under_two_command_lines();
  boots.resize(2);
  EXPECT_THAT(history(boots, {}).value().series, SizeIs(2));
}

}  // namespace
}  // namespace umb
