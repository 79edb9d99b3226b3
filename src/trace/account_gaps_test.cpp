// SPDX-License-Identifier: Apache-2.0
// Traces with something missing: the samples that it touches are dropped, and no other.
#include "trace/account.h"
#include "trace/test_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr int64_t kFloorNs = 5000;

void add_umount(MadeTrace& trace, int64_t from, const std::string& without = {}) {
  const auto enter = [&](const char* function, int64_t at) {
    if (without != std::string("enter ") + function) trace.enter(function, from + at);
  };
  const auto leave = [&](const char* function, int64_t at) {
    if (without != std::string("leave ") + function) trace.leave(function, from + at);
  };
  enter("__x64_sys_umount", 5);
  enter("path_umount", 10);
  enter("synchronize_rcu_expedited", 20);
  leave("synchronize_rcu_expedited", 70);
  leave("path_umount", 80);
  leave("__x64_sys_umount", 85);
}

/// Three samples, the middle one without one of its events.
Attribution account_without(const std::string& without) {
  MadeTrace trace;
  add_umount(trace, 0);
  add_umount(trace, 1000, without);
  add_umount(trace, 2000);
  return account_for("a/case", trace.log, {sample_at(0, 90), sample_at(1000, 1090), sample_at(2000, 2090)},
                     probes_but(), kFloorNs);
}

TEST(AccountWithGaps, drops_the_sample_of_an_entry_without_its_return) {
  for (const char* without :
       {"leave synchronize_rcu_expedited", "leave path_umount", "enter path_umount", "enter __x64_sys_umount"}) {
    const Attribution made = account_without(without);
    EXPECT_EQ(made.dropped_samples, 1) << without;
    EXPECT_THAT(made.grace_period_waits, ElementsAre(1, 1)) << without;
    EXPECT_THAT(made.wall_ns, ElementsAre(90 * kUs, 90 * kUs)) << without;
  }
}

TEST(AccountWithGaps, drops_the_next_sample_too_when_only_its_first_call_shows_that_a_call_before_has_ended) {
  const Attribution made = account_without("leave __x64_sys_umount");
  EXPECT_EQ(made.dropped_samples, 2);
  EXPECT_THAT(made.grace_period_waits, ElementsAre(1));
}

TEST(AccountWithGaps, drops_all_samples_that_a_function_without_an_end_may_be_in) {
  MadeTrace trace;
  trace.enter("cleanup_mnt", 10).leave("cleanup_mnt", 20).enter("deactivate_super", 50);
  const Attribution made = account_for("a/case", trace.log, {sample_at(0, 40), sample_at(45, 60), sample_at(70, 90)},
                                       probes_but(), kFloorNs);
  EXPECT_EQ(made.dropped_samples, 2);
  EXPECT_THAT(made.wall_ns, ElementsAre(40 * kUs));
}

TEST(AccountWithGaps, drops_the_samples_in_which_events_were_lost_and_says_how_many) {
  MadeTrace trace;
  add_umount(trace, 0);
  add_umount(trace, 1000);
  add_umount(trace, 2000);
  trace.log.holes.push_back({1020 * kUs, 1070 * kUs});
  trace.log.lost_events = 7;
  const Attribution made = account_for(
      "a/case", trace.log, {sample_at(0, 90), sample_at(1000, 1090), sample_at(2000, 2090)}, probes_but(), kFloorNs);
  EXPECT_EQ(made.lost_events, 7);
  EXPECT_EQ(made.dropped_samples, 1);
  EXPECT_THAT(made.grace_period_waits, ElementsAre(1, 1));
}

TEST(AccountWithGaps, believes_nothing_after_a_hole_of_what_was_open_before) {
  MadeTrace trace;
  trace.enter("deactivate_super", 1010);  // its return is lost
  trace.enter("deactivate_super", 2010).leave("deactivate_super", 2050);
  trace.log.holes.push_back({1020 * kUs, 1070 * kUs});
  const Attribution made =
      account_for("a/case", trace.log, {sample_at(1000, 1090), sample_at(2000, 2090)}, probes_but(), kFloorNs);
  EXPECT_EQ(made.dropped_samples, 1);
  EXPECT_THAT(made.wall_ns, ElementsAre(90 * kUs));
}

TEST(AccountWithGaps, drops_all_samples_after_a_hole_without_an_end) {
  MadeTrace trace;
  add_umount(trace, 0);
  trace.log.holes.push_back({100 * kUs, std::numeric_limits<int64_t>::max()});
  const Attribution made =
      account_for("a/case", trace.log, {sample_at(0, 90), sample_at(1000, 1090)}, probes_but(), kFloorNs);
  EXPECT_THAT(made.wall_ns, ElementsAre(90 * kUs));
  EXPECT_EQ(made.dropped_samples, 1);
}

TEST(AccountWithGaps, drops_samples_that_failed_or_have_no_time_of_their_own) {
  MadeTrace trace;
  Sample failed = sample_at(0, 90);
  failed.errno_value = 16;
  Sample watched = sample_at(100, 190);
  watched.return_ns = kMissing;
  const Attribution made = account_for("a/case", trace.log, {failed, watched}, probes_but(), kFloorNs);
  EXPECT_EQ(made.dropped_samples, 2);
  EXPECT_THAT(made.wall_ns, IsEmpty());
}

TEST(AccountWithGaps, drops_samples_within_a_function_that_takes_longer_than_any_call) {
  constexpr int64_t kHourUs = 3'600'000'000;
  MadeTrace trace;
  trace.enter("deactivate_super", 10).leave("deactivate_super", 20 + kHourUs);
  trace.enter("cleanup_mnt", kHourUs + 40).leave("cleanup_mnt", kHourUs + 50);
  const Attribution made = account_for("a/case", trace.log, {sample_at(0, 90), sample_at(kHourUs + 30, kHourUs + 90)},
                                       probes_but(), kFloorNs);
  EXPECT_EQ(made.dropped_samples, 1);
}

TEST(AccountWithGaps, passes_over_probes_of_others_and_what_says_to_be_both_entry_and_return) {
  MadeTrace trace;
  add_umount(trace, 0);
  trace.enter("mutex_lock", 86);
  trace.log.events.push_back({87 * kUs, kWorker, true, "p_path_umount"});
  const Attribution made = account_for("a/case", trace.log, {sample_at(0, 90)}, probes_but(), kFloorNs);
  EXPECT_EQ(made.dropped_samples, 0);
}

}  // namespace
}  // namespace umb
