// SPDX-License-Identifier: Apache-2.0
// Samples with several processes, as a container's start has them.
#include "trace/account.h"
#include "trace/test_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

constexpr int64_t kFloorNs = 5000;
constexpr int32_t kChild = 200;

Attribution account(const MadeTrace& trace, const ProbeSet& probes = probes_but()) {
  return account_for("a/case", trace.log, {sample_at(0, 1000)}, probes, kFloorNs);
}

int64_t spent(const Attribution& made, const std::string& cause) {
  for (const Column& column : made.causes) {
    if (column.name == cause) return column.values.at(0) / kUs;
  }
  return -1;
}

auto call(const std::string& name, int64_t count, int64_t total_us, int64_t waiting_us, int64_t waits) {
  return AllOf(Field("call", &CallSeen::call, name), Field("count", &CallSeen::count, count),
               Field("total_ns", &CallSeen::total_ns, total_us * kUs),
               Field("grace_period_ns", &CallSeen::grace_period_ns, waiting_us * kUs),
               Field("grace_period_waits", &CallSeen::grace_period_waits, waits));
}

TEST(AccountOfProcesses, gives_time_to_the_one_whose_outermost_function_began_last) {
  MadeTrace trace;
  trace.enter("deactivate_super", 100);
  trace.enter("umount_tree", 200, kChild);
  trace.enter("sync_filesystem", 300).leave("sync_filesystem", 310);  // nested: its outermost one began before
  trace.leave("umount_tree", 400, kChild);
  trace.leave("deactivate_super", 500);
  const Attribution made = account(trace);
  EXPECT_EQ(spent(made, "shut_down"), 200);
  EXPECT_EQ(spent(made, "take_off"), 200);
  EXPECT_EQ(spent(made, "sync"), 0);
  EXPECT_EQ(spent(made, "rest"), 600);
}

TEST(AccountOfProcesses, counts_the_waits_of_all) {
  MadeTrace trace;
  trace.enter("synchronize_rcu", 100).enter("synchronize_rcu", 150, kChild);
  trace.leave("synchronize_rcu", 200).leave("synchronize_rcu", 250, kChild);
  const Attribution made = account(trace);
  EXPECT_THAT(made.grace_period_waits, ElementsAre(2));
  EXPECT_EQ(spent(made, "grace_period"), 150) << "time passes once";
}

TEST(AccountOfProcesses, gives_a_call_its_share_of_grace_periods_and_the_clean_up_after_it) {
  MadeTrace trace;
  trace.enter("__x64_sys_umount", 100, kChild).enter("synchronize_rcu", 110, kChild);
  trace.leave("synchronize_rcu", 160, kChild).leave("__x64_sys_umount", 170, kChild);
  trace.enter("task_work_run", 175, kChild).enter("cleanup_mnt", 176, kChild);
  trace.enter("synchronize_rcu", 180, kChild).leave("synchronize_rcu", 190, kChild);
  trace.leave("cleanup_mnt", 194, kChild).leave("task_work_run", 195, kChild);
  trace.enter("__x64_sys_mount", 200, kChild).leave("__x64_sys_mount", 203, kChild);
  trace.enter("task_work_run", 300, kChild).leave("task_work_run", 310, kChild);  // a file was closed
  EXPECT_THAT(account(trace).calls, ElementsAre(call("umount2", 1, 90, 60, 2), call("mount", 1, 3, 0, 0)));
}

TEST(AccountOfProcesses, names_only_a_clone_that_makes_a_mount_namespace) {
  MadeTrace trace;
  trace.enter("__x64_sys_clone", 100).leave("__x64_sys_clone", 150);
  trace.enter("__x64_sys_clone", 200).enter("copy_mnt_ns", 210).leave("copy_mnt_ns", 230);
  trace.leave("__x64_sys_clone", 260);
  EXPECT_THAT(account(trace).calls, ElementsAre(call("clone", 1, 60, 0, 0)));
  EXPECT_THAT(account(trace, probes_but({"copy_mnt_ns"})).calls, ElementsAre(call("clone", 2, 110, 0, 0)));
}

TEST(AccountOfProcesses, calls_the_end_of_a_mount_namespace_exit_with_the_clean_up_of_its_mounts) {
  MadeTrace trace;
  trace.enter("free_nsproxy", 90, kChild).enter("put_mnt_ns", 100, kChild);
  trace.enter("umount_tree", 110, kChild).leave("umount_tree", 120, kChild);
  trace.enter("synchronize_rcu_expedited", 130, kChild).leave("synchronize_rcu_expedited", 180, kChild);
  trace.leave("put_mnt_ns", 200, kChild).leave("free_nsproxy", 201, kChild);
  trace.enter("task_work_run", 210, kChild).enter("cleanup_mnt", 211, kChild);
  trace.leave("cleanup_mnt", 214, kChild).leave("task_work_run", 215, kChild);
  const Attribution made = account(trace);
  EXPECT_THAT(made.calls, ElementsAre(call("exit", 1, 105, 50, 1)));
  EXPECT_EQ(spent(made, "namespace_release"), 51);
}

TEST(AccountOfProcesses, does_not_name_an_exit_whose_mount_namespace_lives_on_or_a_namespace_left_within_a_call) {
  MadeTrace trace;
  trace.enter("put_mnt_ns", 100, kChild).leave("put_mnt_ns", 130, kChild);
  EXPECT_THAT(account(trace).calls, IsEmpty());
  trace.enter("__x64_sys_setns", 200).enter("put_mnt_ns", 210).leave("put_mnt_ns", 290).leave("__x64_sys_setns", 300);
  EXPECT_THAT(account(trace).calls, ElementsAre(call("setns", 1, 100, 0, 0)));
}

TEST(AccountOfProcesses, takes_only_the_part_of_a_childs_work_that_is_in_the_sample) {
  MadeTrace trace;
  trace.enter("put_mnt_ns", 900, kChild).enter("synchronize_rcu", 950, kChild);
  trace.leave("synchronize_rcu", 1100, kChild).leave("put_mnt_ns", 1200, kChild);
  const Attribution made = account(trace);
  EXPECT_EQ(spent(made, "namespace_release"), 50);
  EXPECT_EQ(spent(made, "grace_period"), 50);
  EXPECT_THAT(made.grace_period_waits, ElementsAre(1));
}

TEST(WaitFloor, is_three_times_the_middle_of_what_empty_calls_took) {
  MadeTrace trace;
  for (int64_t call = 0; call < 9; ++call) {
    trace.enter("__x64_sys_setns", call * 100).leave("__x64_sys_setns", call * 100 + (call < 5 ? 2 : 90));
  }
  EXPECT_EQ(wait_floor_ns(trace.log, probes_but()).value(), 6000);
}

TEST(WaitFloor, leaves_out_calls_with_other_functions_in_them) {
  MadeTrace trace;
  trace.enter("__x64_sys_umount", 10).enter("path_umount", 20).leave("path_umount", 22).leave("__x64_sys_umount", 90);
  EXPECT_EQ(wait_floor_ns(trace.log, probes_but()).value(), 6000);
}

TEST(WaitFloor, is_at_least_one_us) {
  MadeTrace trace;
  trace.enter("__x64_sys_setns", 10).leave("__x64_sys_setns", 10);
  EXPECT_EQ(wait_floor_ns(trace.log, probes_but()).value(), 1000);
}

TEST(WaitFloor, is_unavailable_where_tracing_shows_nothing) {
  MadeTrace trace;
  trace.enter("__x64_sys_setns", 10);
  const Result<int64_t> floor = wait_floor_ns(trace.log, probes_but());
  ASSERT_FALSE(floor.has_value());
  EXPECT_EQ(floor.error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace umb
