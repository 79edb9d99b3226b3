// SPDX-License-Identifier: Apache-2.0
#include "trace/coarse_account.h"

#include <numeric>

#include <gmock/gmock.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Sample sample(int64_t at_ns, int64_t return_ns, int64_t cpu_ns) {
  Sample made;
  made.started_at_ns = at_ns;
  made.return_ns = return_ns;
  made.thread_cpu_ns = cpu_ns;
  made.voluntary_switches = 1;
  return made;
}

std::vector<int64_t> column(const Attribution& made, const std::string& cause) {
  for (const Column& one : made.causes) {
    if (one.name == cause) return one.values;
  }
  return {};
}

int64_t sum_of_causes(const Attribution& made, size_t row) {
  return std::accumulate(made.causes.begin(), made.causes.end(), int64_t{0},
                         [row](int64_t sum, const Column& one) { return sum + one.values[row]; });
}

TEST(CoarseAccount, gives_the_waiting_to_what_the_looks_within_the_sample_saw) {
  const Attribution made = coarse_account("c", {sample(1000, 1000, 100)},
                                          {{900, "locks", "down_write"},
                                           {1100, "on_cpu", ""},
                                           {1300, "grace_period", "synchronize_rcu_normal"},
                                           {1600, "grace_period", "synchronize_rcu_normal"},
                                           {1900, "sync", "sync_filesystem"},
                                           {2000, "locks", "down_write"}});
  EXPECT_EQ(made.method, "coarse");
  EXPECT_THAT(column(made, "on_cpu"), ElementsAre(100));
  EXPECT_THAT(column(made, "grace_period"), ElementsAre(600));
  EXPECT_THAT(column(made, "sync"), ElementsAre(300));
  EXPECT_THAT(column(made, "locks"), IsEmpty());
  EXPECT_THAT(made.voluntary_switches, ElementsAre(1));
}

TEST(CoarseAccount, adds_up_to_the_wall_time_to_the_nanosecond) {
  const std::vector<SleepLook> looks{{10, "grace_period", "a"}, {20, "sync", "b"}, {30, "grace_period", "a"}};
  const Attribution made = coarse_account("c", {sample(0, 1001, 7), sample(2000, 13, 5)}, looks);
  EXPECT_EQ(sum_of_causes(made, 0), 1001);
  EXPECT_EQ(sum_of_causes(made, 1), 13);
}

TEST(CoarseAccount, calls_waiting_that_no_look_saw_unknown) {
  const Attribution made = coarse_account("c", {sample(0, 50, 12)}, {{20, "on_cpu", ""}});
  EXPECT_THAT(column(made, "on_cpu"), ElementsAre(12));
  EXPECT_THAT(column(made, "unknown"), ElementsAre(38));
}

TEST(CoarseAccount, lets_the_looks_decide_where_no_cpu_time_was_measured) {
  const Attribution made =
      coarse_account("c", {sample(0, 100, kMissing)},
                     {{10, "on_cpu", ""}, {20, "grace_period", "x"}, {30, "on_cpu", ""}, {40, "unknown", "y"}});
  EXPECT_THAT(column(made, "on_cpu"), ElementsAre(50));
  EXPECT_THAT(column(made, "grace_period"), ElementsAre(25));
  EXPECT_THAT(column(made, "unknown"), ElementsAre(25));
}

TEST(CoarseAccount, never_finds_more_cpu_time_than_wall_time) {
  const Attribution made = coarse_account("c", {sample(0, 100, 130)}, {});
  EXPECT_THAT(column(made, "on_cpu"), ElementsAre(100));
  EXPECT_EQ(sum_of_causes(made, 0), 100);
}

TEST(CoarseAccount, drops_samples_that_failed_and_counts_them) {
  Sample failed = sample(0, 100, 10);
  failed.errno_value = 16;
  Sample watched = sample(0, kMissing, 10);
  watched.watched = true;
  const Attribution made = coarse_account("c", {failed, watched, sample(0, 100, 10)}, {});
  EXPECT_EQ(made.dropped_samples, 2);
  EXPECT_THAT(made.wall_ns, ElementsAre(100));
}

TEST(CoarseAccount, tells_the_places_slept_in_the_longest_first) {
  const Attribution made = coarse_account("c", {sample(0, 300, 0)},
                                          {{10, "sync", "b"}, {20, "grace_period", "a"}, {30, "grace_period", "a"}});
  ASSERT_EQ(made.waits.size(), 2U);
  EXPECT_EQ(made.waits[0].function, "a");
  EXPECT_EQ(made.waits[0].kind, "grace_period");
  EXPECT_EQ(made.waits[0].count, 2);
  EXPECT_EQ(made.waits[0].total_ns, 200);
}

}  // namespace
}  // namespace umb
