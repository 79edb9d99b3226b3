// SPDX-License-Identifier: Apache-2.0
#include "trace/account.h"

#include "trace/test_trace.h"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int64_t kFloorNs = 5000;

Attribution account(const MadeTrace& trace, const std::vector<Sample>& samples, const ProbeSet& probes = probes_but()) {
  Attribution made = account_for("a/case", trace.log, samples, probes, kFloorNs);
  for (size_t at = 0; at < made.wall_ns.size(); ++at) {
    int64_t sum = 0;
    for (const Column& cause : made.causes) sum += cause.values.at(at);
    EXPECT_EQ(sum, made.wall_ns[at]) << "sample " << at;
  }
  return made;
}

/// In us, of the only sample.
int64_t spent(const Attribution& made, const std::string& cause) {
  for (const Column& column : made.causes) {
    if (column.name == cause) return column.values.at(0) / kUs;
  }
  return -1;
}

auto wait(const std::string& function, const std::string& kind, int64_t count, int64_t total_us) {
  return AllOf(Field("function", &WaitSeen::function, function), Field("kind", &WaitSeen::kind, kind),
               Field("count", &WaitSeen::count, count), Field("total_ns", &WaitSeen::total_ns, total_us * kUs));
}

auto call(const std::string& name, int64_t count, int64_t total_us, int64_t waiting_us, int64_t waits) {
  return AllOf(Field("call", &CallSeen::call, name), Field("count", &CallSeen::count, count),
               Field("total_ns", &CallSeen::total_ns, total_us * kUs),
               Field("grace_period_ns", &CallSeen::grace_period_ns, waiting_us * kUs),
               Field("grace_period_waits", &CallSeen::grace_period_waits, waits));
}

/// An umount of a tmpfs from `from` on, with one wait of 50 us; 100 us in all, and 10 us of clean-up.
void add_umount(MadeTrace& trace, int64_t from, int32_t pid = kWorker) {
  trace.enter("__x64_sys_umount", from + 1, pid).enter("path_umount", from + 5, pid);
  trace.enter("umount_tree", from + 10, pid).leave("umount_tree", from + 12, pid);
  trace.enter("synchronize_rcu_expedited", from + 20, pid).leave("synchronize_rcu_expedited", from + 70, pid);
  trace.leave("path_umount", from + 80, pid).leave("__x64_sys_umount", from + 81, pid);
  trace.enter("task_work_run", from + 85, pid).enter("cleanup_mnt", from + 86, pid);
  trace.leave("cleanup_mnt", from + 94, pid).leave("task_work_run", from + 95, pid);
}

TEST(Account, splits_an_umount_by_the_innermost_function_and_gives_the_remainder_to_rest) {
  MadeTrace trace;
  add_umount(trace, 1000);
  const Attribution made = account(trace, {sample_at(1000, 1100)});
  EXPECT_EQ(made.method, "traced");
  EXPECT_EQ(spent(made, "grace_period"), 50);
  EXPECT_EQ(spent(made, "take_off"), 25) << "path_umount's 75 us without the wait; umount_tree is take_off too";
  EXPECT_EQ(spent(made, "deferred_work"), 10);
  EXPECT_EQ(spent(made, "rest"), 15);
  EXPECT_THAT(made.grace_period_waits, ElementsAre(1));
  EXPECT_THAT(made.deferred_grace_periods, ElementsAre(0));
  EXPECT_THAT(made.voluntary_switches, ElementsAre(1));
  EXPECT_THAT(made.waits, ElementsAre(wait("synchronize_rcu_expedited", "expedited", 1, 50)));
  EXPECT_THAT(made.missing, IsEmpty());
  EXPECT_EQ(made.floor_ns, kFloorNs);
}

TEST(Account, adds_up_to_the_ns_where_the_traces_us_lie_across_a_samples_borders) {
  MadeTrace trace;
  add_umount(trace, 1000);
  Sample sample = sample_at(1000, 1100);
  sample.started_at_ns = 1'001'499;  // its first event is written as of 1'001'000
  sample.return_ns = 93'002;         // and its last as of 1'095'000
  const Attribution made = account(trace, {sample});
  EXPECT_THAT(made.wall_ns, ElementsAre(93'002));
  EXPECT_THAT(made.calls,
              ElementsAre(AllOf(Field(&CallSeen::grace_period_waits, 1), Field(&CallSeen::total_ns, 89'002))))
      << "the last 998 ns lie behind the sample";
}

TEST(Account, has_no_column_for_what_only_the_coarse_split_knows) {
  std::vector<std::string> names;
  for (const Column& column : account({}, {}).causes) names.push_back(column.name);
  EXPECT_THAT(names, ElementsAre("grace_period", "locks", "take_off", "sync", "shut_down", "deferred_work",
                                 "namespace_release", "rest"));
}

TEST(Account, counts_two_waits_of_an_overlay) {
  MadeTrace trace;
  trace.enter("path_umount", 10).enter("synchronize_rcu_expedited", 20).leave("synchronize_rcu_expedited", 40);
  trace.leave("path_umount", 41).enter("task_work_run", 42).enter("deactivate_super", 43);
  trace.enter("synchronize_rcu_expedited", 50).leave("synchronize_rcu_expedited", 80);
  trace.leave("deactivate_super", 82).leave("task_work_run", 83);
  const Attribution made = account(trace, {sample_at(0, 90)});
  EXPECT_THAT(made.grace_period_waits, ElementsAre(2));
  EXPECT_EQ(spent(made, "grace_period"), 50);
  EXPECT_EQ(spent(made, "shut_down"), 9);
}

TEST(Account, calls_a_wait_normal_when_a_normal_one_is_nested_in_it_and_counts_it_once) {
  MadeTrace trace;
  trace.enter("synchronize_rcu_expedited", 10).enter("synchronize_rcu_normal", 12).enter("__wait_rcu_gp", 13);
  trace.leave("__wait_rcu_gp", 90).leave("synchronize_rcu_normal", 91).leave("synchronize_rcu_expedited", 92);
  const Attribution made = account(trace, {sample_at(0, 100)});
  EXPECT_THAT(made.grace_period_waits, ElementsAre(1));
  EXPECT_THAT(made.waits, ElementsAre(wait("synchronize_rcu_expedited", "normal", 1, 82)));
  EXPECT_EQ(spent(made, "grace_period"), 82);
}

TEST(Account, calls_a_wait_expedited_when_the_knob_makes_an_ordinary_one_so) {
  MadeTrace trace;
  trace.enter("synchronize_rcu", 10).enter("synchronize_rcu_expedited", 12);
  trace.leave("synchronize_rcu_expedited", 90).leave("synchronize_rcu", 92);
  EXPECT_THAT(account(trace, {sample_at(0, 100)}).waits, ElementsAre(wait("synchronize_rcu", "expedited", 1, 82)));
}

TEST(Account, tells_other_kinds_of_waits_by_their_function) {
  MadeTrace trace;
  int64_t at = 0;
  for (const char* function : {"synchronize_rcu", "rcu_barrier", "synchronize_srcu", "cond_synchronize_rcu_full"}) {
    trace.enter(function, at + 10).leave(function, at + 20);
    at += 10;
  }
  EXPECT_THAT(account(trace, {sample_at(0, 100)}).waits,
              ElementsAre(wait("cond_synchronize_rcu_full", "polled", 1, 10), wait("rcu_barrier", "barrier", 1, 10),
                          wait("synchronize_rcu", "normal", 1, 10), wait("synchronize_srcu", "srcu", 1, 10)));
}

TEST(Account, does_not_call_a_wait_expedited_on_a_kernel_that_hides_the_normal_ones) {
  MadeTrace trace;
  trace.enter("synchronize_rcu_expedited", 10).leave("synchronize_rcu_expedited", 90);
  const ProbeSet probes = probes_but({"synchronize_rcu_normal", "__wait_rcu_gp"});
  const Attribution made = account(trace, {sample_at(0, 100)}, probes);
  EXPECT_THAT(made.waits, ElementsAre(wait("synchronize_rcu_expedited", "unknown", 1, 80)));
  EXPECT_THAT(made.missing, ElementsAre(HasSubstr("expedited or normal")));
}

TEST(Account, does_not_count_a_wait_below_the_floor_but_gives_it_its_time) {
  MadeTrace trace;
  trace.enter("cond_synchronize_rcu", 10).leave("cond_synchronize_rcu", 14);
  trace.enter("cond_synchronize_rcu", 20).leave("cond_synchronize_rcu", 25);
  const Attribution made = account(trace, {sample_at(0, 100)});
  EXPECT_THAT(made.grace_period_waits, ElementsAre(1)) << "only that of 5 us, which is the floor";
  EXPECT_EQ(spent(made, "grace_period"), 9);
}

TEST(Account, leaves_sync_within_the_shut_down_to_sync_and_locks_within_take_off_to_locks) {
  MadeTrace trace;
  trace.enter("umount_tree", 5).enter("rwsem_down_write_slowpath", 6).leave("rwsem_down_write_slowpath", 14);
  trace.leave("umount_tree", 15).enter("deactivate_super", 20).enter("deactivate_locked_super", 21);
  trace.enter("sync_filesystem", 30).leave("sync_filesystem", 70).leave("deactivate_locked_super", 80);
  trace.leave("deactivate_super", 81);
  const Attribution made = account(trace, {sample_at(0, 100)});
  EXPECT_EQ(spent(made, "locks"), 8);
  EXPECT_EQ(spent(made, "take_off"), 2);
  EXPECT_EQ(spent(made, "sync"), 40);
  EXPECT_EQ(spent(made, "shut_down"), 21);
}

TEST(Account, gives_a_lock_that_was_had_at_once_to_who_took_it) {
  MadeTrace trace;
  trace.enter("umount_tree", 10).enter("rwbase_write_lock", 12).leave("rwbase_write_lock", 16);
  trace.enter("rwbase_write_lock", 20).leave("rwbase_write_lock", 25).leave("umount_tree", 30);
  trace.enter("rwbase_write_lock", 40).leave("rwbase_write_lock", 41);
  const Attribution made = account(trace, {sample_at(0, 100)});
  EXPECT_EQ(spent(made, "locks"), 5) << "the floor's 5 us are a wait";
  EXPECT_EQ(spent(made, "take_off"), 15);
  EXPECT_EQ(spent(made, "rest"), 80);
}

TEST(Account, leaves_a_lock_within_a_wait_to_the_grace_period) {
  MadeTrace trace;
  trace.enter("synchronize_rcu_expedited", 10).enter("__mutex_lock_slowpath", 20);
  trace.leave("__mutex_lock_slowpath", 40).leave("synchronize_rcu_expedited", 50);
  const Attribution made = account(trace, {sample_at(0, 100)});
  EXPECT_EQ(spent(made, "grace_period"), 40);
  EXPECT_EQ(spent(made, "locks"), 0);
}

TEST(Account, pairs_the_returns_of_a_function_that_calls_itself) {
  MadeTrace trace;
  trace.enter("deactivate_super", 10).enter("deactivate_super", 20).leave("deactivate_super", 30);
  trace.leave("deactivate_super", 60);
  const Attribution made = account(trace, {sample_at(0, 100)});
  EXPECT_EQ(made.dropped_samples, 0);
  EXPECT_EQ(spent(made, "shut_down"), 50);
}

TEST(Account, counts_what_is_handed_to_somebody_else_to_wait_for) {
  MadeTrace trace;
  trace.enter("__x64_sys_umount", 5).enter("queue_rcu_work", 10).enter("queue_rcu_work", 20);
  trace.leave("__x64_sys_umount", 90);
  trace.enter("queue_rcu_work", 200);
  const Attribution made = account(trace, {sample_at(0, 100)});
  EXPECT_THAT(made.deferred_grace_periods, ElementsAre(2));
  EXPECT_THAT(made.grace_period_waits, ElementsAre(0));
  EXPECT_EQ(spent(made, "rest"), 100);
}

TEST(Account, says_that_waits_and_deferrals_are_unknown_where_none_of_their_functions_can_be_probed) {
  std::set<std::string> left_out{"queue_rcu_work"};
  for (const TracedFunction& function : traced_functions()) {
    if (is_wait(function.role)) left_out.insert(function.name);
  }
  MadeTrace trace;
  trace.enter("__x64_sys_umount", 10).leave("__x64_sys_umount", 90);
  const Attribution made = account(trace, {sample_at(0, 100)}, probes_but(left_out));
  EXPECT_THAT(made.wall_ns, ElementsAre(100 * kUs));
  EXPECT_THAT(made.grace_period_waits, IsEmpty());
  EXPECT_THAT(made.deferred_grace_periods, IsEmpty());
  EXPECT_EQ(spent(made, "grace_period"), -1) << "no column";
}

TEST(Account, counts_no_waits_where_one_of_their_usual_functions_is_not_probed) {
  MadeTrace trace;
  add_umount(trace, 0);
  EXPECT_THAT(account(trace, {sample_at(0, 100)}, probes_but({"synchronize_srcu"})).grace_period_waits, IsEmpty());
  EXPECT_THAT(account(trace, {sample_at(0, 100)}, probes_but({"cond_synchronize_rcu"})).grace_period_waits,
              ElementsAre(1));
}

TEST(Account, believes_nothing_of_a_sample_in_which_no_traced_function_ran) {
  MadeTrace trace;
  add_umount(trace, 0);
  const Attribution made = account(trace, {sample_at(0, 100), sample_at(500, 600)});
  EXPECT_THAT(made.wall_ns, ElementsAre(100 * kUs));
  EXPECT_EQ(made.dropped_samples, 1);
  EXPECT_THAT(made.missing, Contains("samples: no traced function ran in 1 of them"));
}

TEST(Account, leaves_out_of_a_call_what_its_task_cleans_up_after_the_sample) {
  MadeTrace trace;
  trace.enter("__x64_sys_umount", 10).leave("__x64_sys_umount", 50);
  trace.enter("cleanup_mnt", 200).enter("synchronize_rcu_expedited", 210).leave("synchronize_rcu_expedited", 280);
  trace.leave("cleanup_mnt", 290);
  const Attribution made = account(trace, {sample_at(0, 100)});
  EXPECT_THAT(made.calls, ElementsAre(call("umount2", 1, 40, 0, 0)));
}

TEST(Account, keeps_to_the_time_of_its_samples) {
  MadeTrace trace;
  add_umount(trace, 0);
  add_umount(trace, 1000);
  add_umount(trace, 2000);
  const Attribution made = account(trace, {sample_at(1000, 1100), sample_at(2000, 2100)});
  EXPECT_THAT(made.wall_ns, ElementsAre(100 * kUs, 100 * kUs));
  EXPECT_THAT(made.waits, ElementsAre(wait("synchronize_rcu_expedited", "expedited", 2, 100)));
}

}  // namespace
}  // namespace umb
