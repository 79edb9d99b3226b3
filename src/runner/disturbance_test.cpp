// SPDX-License-Identifier: Apache-2.0
#include "runner/disturbance.h"

#include "testing/fake_tree.h"

#include <gmock/gmock.h>
#include <unistd.h>

namespace umb {
namespace {

using testing::HasSubstr;

constexpr int64_t kSecond = 1'000'000'000;

int64_t ticks_per_second() {
  return ::sysconf(_SC_CLK_TCK);
}

/// A round of one second on two CPUs in which the ticks grew by `grown`, and the run's own by `own`.
Disturbance after(const CpuTicks& grown, int64_t own, int64_t took_ns = kSecond) {
  const MachineMoment begin{0, CpuTicks{}, "tsc", {.own_ticks = 1000}};
  return judge_disturbance(begin, {took_ns, grown, "tsc", {.own_ticks = 1000 + own}});
}

TEST(Disturbance, own_cpu_time_is_not_foreign) {
  const int64_t second = ticks_per_second();
  const Disturbance own = after({.user = second, .idle = second}, second);
  EXPECT_DOUBLE_EQ(own.foreign_cpu_share.value(), 0.0);
  EXPECT_FALSE(own.disturbed);
  EXPECT_EQ(own.reason, "");
}

TEST(Disturbance, others_above_five_per_cent_of_all_cpus_disturb) {
  const int64_t second = ticks_per_second();
  const Disturbance some = after({.user = second / 10, .idle = 2 * second - second / 10}, 0);
  EXPECT_DOUBLE_EQ(some.foreign_cpu_share.value(), 0.05);
  EXPECT_FALSE(some.disturbed);
  const Disturbance hog = after({.user = second / 2, .system = second / 2, .idle = second}, second / 2);
  EXPECT_DOUBLE_EQ(hog.foreign_cpu_share.value(), 0.25);
  EXPECT_TRUE(hog.disturbed);
  EXPECT_EQ(hog.reason, "others used 25 % of the CPU time (above 5 %)");
}

TEST(Disturbance, a_machine_that_is_all_others_reads_as_a_hundred_per_cent) {
  EXPECT_EQ(after({.user = 2 * ticks_per_second()}, 0).reason, "others used 100 % of the CPU time (above 5 %)");
}

TEST(Disturbance, waiting_for_a_disk_is_idle_and_interrupts_are_not) {
  const int64_t second = ticks_per_second();
  EXPECT_DOUBLE_EQ(after({.user = second, .iowait = second}, 0).foreign_cpu_share.value(), 0.5);
  EXPECT_DOUBLE_EQ(after({.idle = second, .irq = second / 2, .softirq = second / 2}, 0).foreign_cpu_share.value(), 0.5);
}

TEST(Disturbance, steal_above_one_per_cent_disturbs_and_is_not_counted_as_foreign) {
  const int64_t second = ticks_per_second();
  const Disturbance stolen = after({.idle = 2 * second - second / 10, .steal = second / 10}, 0);
  EXPECT_DOUBLE_EQ(stolen.steal_share.value(), 0.05);
  EXPECT_DOUBLE_EQ(stolen.foreign_cpu_share.value(), 0.0);
  EXPECT_TRUE(stolen.disturbed);
  EXPECT_THAT(stolen.reason, HasSubstr("hypervisor took 5 %"));
}

TEST(Disturbance, kernel_threads_that_serve_the_run_are_not_others) {
  const int64_t second = ticks_per_second();
  const MachineMoment begin{0, CpuTicks{}, "tsc", {.servants = {{.pid = 32, .started = 1, .ticks = 1000}}}};
  const MachineMoment end{
      kSecond,
      CpuTicks{.system = second / 2, .idle = second + second / 2},
      "tsc",
      {.servants = {{.pid = 32, .started = 1, .ticks = 1000 + second / 4}}, .own_ticks = second / 4}};
  EXPECT_DOUBLE_EQ(judge_disturbance(begin, end).foreign_cpu_share.value(), 0.0);
}

TEST(Disturbance, counters_that_go_backwards_count_as_nothing) {
  const int64_t second = ticks_per_second();
  const MachineMoment begin{0, CpuTicks{.idle = 100, .iowait = 50}, "tsc", {}};
  const MachineMoment end{kSecond, CpuTicks{.user = second, .idle = 100 + second, .iowait = 20}, "tsc", {}};
  EXPECT_DOUBLE_EQ(judge_disturbance(begin, end).foreign_cpu_share.value(), 0.5);
}

TEST(Disturbance, a_clock_source_that_changed_disturbs_even_a_short_round) {
  const MachineMoment begin{0, CpuTicks{}, "tsc", {}};
  const Disturbance changed = judge_disturbance(begin, {kSecond / 100, CpuTicks{}, "hpet", {}});
  EXPECT_TRUE(changed.disturbed);
  EXPECT_THAT(changed.reason, HasSubstr("from tsc to hpet"));
  EXPECT_FALSE(judge_disturbance(begin, {kSecond, CpuTicks{.idle = 1}, std::nullopt, {}}).disturbed);
}

TEST(Disturbance, what_cannot_be_told_is_missing_and_not_nothing) {
  const int64_t second = ticks_per_second();
  const Disturbance brief = after({.user = second}, 0, kShortestJudgedNs - 1);
  EXPECT_FALSE(brief.foreign_cpu_share.has_value());
  EXPECT_FALSE(brief.steal_share.has_value());
  EXPECT_FALSE(brief.disturbed);
  EXPECT_EQ(brief.reason, "the round was too short to tell");
  const Disturbance blind = judge_disturbance({0, {}, {}, {}}, {kSecond, {}, {}, {}});
  EXPECT_FALSE(blind.foreign_cpu_share.has_value());
  EXPECT_EQ(blind.reason, "/proc/stat could not be read");
  EXPECT_EQ(after({}, 0).reason, "/proc/stat did not move");
}

TEST(MachineMoment, is_read_from_the_tree) {
  const FakeTree tree{{"proc/stat", "cpu  1 2 3 4 5 6 7 8\n"},
                      {"sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n"}};
  const MachineMoment moment = read_machine_moment(HostRoot{tree.path()});
  EXPECT_EQ(moment.ticks.value().steal, 8);
  EXPECT_EQ(moment.clock_source, "tsc");
  EXPECT_GT(moment.monotonic_ns, 0);
}

}  // namespace
}  // namespace umb
