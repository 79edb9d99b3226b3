// SPDX-License-Identifier: Apache-2.0
#include "runner/rcu_confirm.h"

#include "model/sample.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

constexpr RcuProbe kFast{.fuse_umount_ns = 100'000, .tmpfs_umount_ns = 40'000, .membarrier_ns = 7'900'000};
constexpr RcuProbe kSlow{.fuse_umount_ns = 15'900'000, .tmpfs_umount_ns = 7'900'000, .membarrier_ns = 16'000'000};
constexpr RcuProbe kAllFast{.fuse_umount_ns = 100'000, .tmpfs_umount_ns = 12'000, .membarrier_ns = 6'000};
const Facts kTwoCpus{{"cpus_online", int64_t{2}}};
const Facts kOneCpu{{"cpus_online", int64_t{1}}};

TEST(ConfirmRcuModes, says_nothing_when_each_mode_shows_what_it_should) {
  EXPECT_TRUE(confirm_rcu_modes({{"default", kFast}, {"normal", kSlow}, {"expedited", kAllFast}}, kTwoCpus).empty());
}

TEST(ConfirmRcuModes, warns_when_normal_does_not_slow_an_umount_down_and_names_the_likely_reason) {
  const std::vector<Warning> warnings = confirm_rcu_modes({{"normal", kFast}}, kOneCpu);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].code, "rcu_mode_not_confirmed");
  EXPECT_NE(warnings[0].message.find("one online CPU"), std::string::npos);
}

TEST(ConfirmRcuModes, warns_when_a_kernel_needs_no_grace_period_for_a_bare_tmpfs) {
  RcuProbe deferring = kSlow;
  deferring.tmpfs_umount_ns = 40'000;
  const std::vector<Warning> warnings = confirm_rcu_modes({{"normal", deferring}}, kTwoCpus);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].message.find("may need no grace period"), std::string::npos);
}

TEST(ConfirmRcuModes, warns_when_default_or_expedited_is_slow) {
  EXPECT_EQ(confirm_rcu_modes({{"default", kSlow}}, kTwoCpus).size(), 1U);
  EXPECT_EQ(confirm_rcu_modes({{"expedited", kFast}}, kTwoCpus).size(), 1U);
}

TEST(ConfirmRcuModes, as_found_and_probes_that_say_nothing_contradict_nothing) {
  constexpr RcuProbe kSilent{.fuse_umount_ns = kMissing, .tmpfs_umount_ns = kMissing, .membarrier_ns = kMissing};
  EXPECT_TRUE(confirm_rcu_modes({{"as-found", kSlow}, {"normal", kSilent}, {"expedited", kSilent}}, kTwoCpus).empty());
}

TEST(ProbeFacts, are_flat_and_null_where_a_probe_says_nothing) {
  RcuProbe probe = kFast;
  probe.membarrier_ns = kMissing;
  const Facts facts = probe_facts({{"as-found", probe}});
  EXPECT_EQ(*find_fact(facts, "as_found_tmpfs_umount_ns"), FactValue(int64_t{40'000}));
  EXPECT_EQ(*find_fact(facts, "as_found_membarrier_ns"), FactValue());
}

}  // namespace
}  // namespace umb
