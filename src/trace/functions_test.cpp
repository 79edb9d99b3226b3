// SPDX-License-Identifier: Apache-2.0
#include "trace/functions.h"

#include "model/attribution.h"
#include "trace/test_trace.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

std::vector<std::string> probed(const std::string& list, const std::set<std::string>& refused = {}) {
  std::vector<std::string> functions;
  for (const Probe& probe : resolve_probes(list, refused).probes) functions.push_back(probe.function);
  return functions;
}

TEST(Functions, of_the_table_have_causes_that_exist_and_names_of_their_own) {
  std::set<std::string> names;
  for (const TracedFunction& function : traced_functions()) {
    EXPECT_NE(std::find(kCauses.begin(), kCauses.end(), std::string_view(function.cause)), kCauses.end());
    EXPECT_TRUE(names.insert(std::string(is_call(function.role) ? "sys_" : "") + function.name).second)
        << function.name;
    const bool shown = std::string_view(function.shown) != "";
    EXPECT_EQ(shown, is_wait(function.role) || is_call(function.role) || function.role == ProbeRole::kExit);
  }
}

TEST(Functions, are_found_under_the_names_that_compilers_give_their_variants) {
  EXPECT_THAT(probed("__mutex_lock.constprop.0\numount_tree.isra.0.constprop.1\nput_mnt_ns\n"),
              UnorderedElementsAre("__mutex_lock.constprop.0", "umount_tree.isra.0.constprop.1", "put_mnt_ns"));
  EXPECT_THAT(probed("umount_tree.cold\numount_tree.isra\numount_tree.isra.x\numount_trees\n__pfx_umount_tree\n"
                     "umount_tree.isra.0.cold\numount_tree.isra.99999999999999999999999\n"),
              IsEmpty());
}

TEST(Functions, are_probed_in_all_their_parts_but_where_entries_are_counted) {
  EXPECT_THAT(probed("synchronize_rcu_normal\nsynchronize_rcu_normal.part.0\nqueue_rcu_work\nqueue_rcu_work.part.0\n"),
              UnorderedElementsAre("synchronize_rcu_normal", "synchronize_rcu_normal.part.0", "queue_rcu_work"));
}

TEST(Functions, are_left_out_when_a_name_is_there_twice_or_only_in_a_module) {
  EXPECT_THAT(
      probed("umount_tree\numount_tree\npath_umount\npath_umount [other]\nput_mnt_ns [mine]\nsync_filesystem\n"),
      ElementsAre("sync_filesystem"));
}

TEST(Functions, are_found_in_kallsyms_too_but_no_data) {
  EXPECT_THAT(probed("ffffffff81000000 T umount_tree\nffffffff81000010 t path_umount\nffffffff81000020 d put_mnt_ns\n"
                     "ffffffff81000030 t sync_filesystem\t[mine]\n0000000000000000 W cleanup_mnt\n"),
              UnorderedElementsAre("umount_tree", "path_umount", "cleanup_mnt"));
}

TEST(Functions, of_system_calls_are_those_of_the_machines_architecture) {
  EXPECT_THAT(probed("__x64_sys_umount\n__ia32_sys_umount\n__se_sys_umount\n"), ElementsAre("__x64_sys_umount"));
  EXPECT_THAT(probed("__arm64_sys_umount\n__arm64_compat_sys_mount\n"), ElementsAre("__arm64_sys_umount"));
  EXPECT_THAT(probed("__s390x_sys_umount\n__s390_sys_umount\n"), ElementsAre("__s390x_sys_umount"));
  EXPECT_THAT(probed("sys_umount\numount\n"), ElementsAre("sys_umount"));
  const ProbeSet set = resolve_probes("__x64_sys_umount\n");
  EXPECT_STREQ(set.probes.at(0).of->shown, "umount2");
}

TEST(Functions, are_passed_over_when_the_kernel_has_refused_them) {
  EXPECT_THAT(probed("umount_tree\npath_umount\n", {"umount_tree"}), ElementsAre("path_umount"));
  EXPECT_THAT(probed("__x64_sys_umount\nsys_umount\n", {"__x64_sys_umount"}), ElementsAre("sys_umount"));
}

TEST(Functions, get_probes_with_names_of_their_own_that_the_kernel_takes) {
  std::string list;
  for (const TracedFunction& function : traced_functions()) {
    for (const char* suffix : {"", ".isra.0", ".isra.0.constprop.0", ".constprop.99.part.99"}) {
      list += std::string(is_call(function.role) ? "__arm64_sys_" : "") + function.name + suffix + "\n";
    }
  }
  std::set<std::string> names;
  for (const Probe& probe : resolve_probes(list).probes) {
    for (const std::string& name : {probe.event, probe.return_event}) {
      if (name.empty()) continue;
      EXPECT_LT(name.size(), 64U) << name;
      EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"),
                std::string::npos)
          << name;
      EXPECT_TRUE(names.insert(name).second) << name;
    }
  }
}

TEST(Functions, have_no_return_probe_where_only_their_entry_counts) {
  const ProbeSet set = resolve_probes("queue_rcu_work\nput_mnt_ns\n");
  EXPECT_EQ(set.probes.at(0).event, "p_queue_rcu_work");
  EXPECT_EQ(set.probes.at(0).return_event, "");
  EXPECT_EQ(set.probes.at(1).return_event, "r_put_mnt_ns");
}

TEST(MissingFunctions, are_none_on_a_kernel_that_has_all) {
  EXPECT_THAT(probes_but().missing, IsEmpty());
}

TEST(MissingFunctions, are_told_by_cause_when_a_cause_has_none) {
  EXPECT_THAT(probes_but({"sync_filesystem", "__sync_filesystem"}).missing,
              ElementsAre("sync: this kernel lets no function of it be probed"));
  EXPECT_THAT(resolve_probes("").missing,
              ElementsAre("grace_period: this kernel lets no function of it be probed",
                          "deferred_grace_periods: this kernel lets no function of it be probed",
                          "locks: this kernel lets no function of it be probed",
                          "take_off: this kernel lets no function of it be probed",
                          "sync: this kernel lets no function of it be probed",
                          "shut_down: this kernel lets no function of it be probed",
                          "deferred_work: this kernel lets no function of it be probed",
                          "calls: this kernel lets no function of it be probed",
                          "namespace_release: this kernel lets no function of it be probed"));
}

TEST(MissingFunctions, are_named_when_every_kernel_should_have_them) {
  EXPECT_THAT(probes_but({"rcu_barrier", "synchronize_srcu", "__x64_sys_umount", "cond_synchronize_rcu"}).missing,
              ElementsAre("calls: not probed: umount", "grace_period: not probed: synchronize_srcu, rcu_barrier"));
}

TEST(MissingFunctions, make_a_word_about_the_kind_of_waits) {
  const std::set<std::string> normal{"synchronize_rcu_normal", "__wait_rcu_gp"};
  EXPECT_THAT(probes_but(normal).missing,
              ElementsAre("grace_period: whether a wait was expedited or normal can't be told"));
  EXPECT_THAT(probes_but({"__wait_rcu_gp"}).missing, IsEmpty());
}

/// Debian's kernels, as recorded.
class FunctionsOf : public testing::TestWithParam<const char*> {};

TEST_P(FunctionsOf, a_real_kernel_are_there_for_every_cause) {
  const ProbeSet set = resolve_probes(recorded(std::string(GetParam()) + "/functions.txt"));
  EXPECT_THAT(set.missing, IsEmpty());
  for (const Probe& probe : set.probes) EXPECT_THAT(probe.function, Not(HasSubstr("ia32")));
  EXPECT_THAT(probed(recorded(std::string(GetParam()) + "/functions.txt")), Contains("path_umount"));
}

INSTANTIATE_TEST_SUITE_P(Kernels, FunctionsOf,
                         testing::Values("5.10-rt", "6.1-rt", "6.1-cloud", "6.12-rt", "7.2-cloud", "7.2-rt"));

}  // namespace
}  // namespace umb
