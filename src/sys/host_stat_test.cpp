// SPDX-License-Identifier: Apache-2.0
#include "sys/host_stat.h"

#include "testing/fake_tree.h"

#include <string>

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(CpuTicks, are_read_from_the_line_of_all_cpus) {
  const FakeTree tree{{"proc/stat", "cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 1 1 1 1 1 1 1 1 1 1\n"}};
  const CpuTicks ticks = read_cpu_ticks(HostRoot{tree.path()}).value();
  EXPECT_EQ(ticks.user, 1);
  EXPECT_EQ(ticks.idle, 4);
  EXPECT_EQ(ticks.iowait, 5);
  EXPECT_EQ(ticks.steal, 8);
}

TEST(CpuTicks, of_an_old_kernel_lack_the_later_fields) {
  EXPECT_EQ(cpu_ticks_in("cpu  1 2 3 4\n").value().steal, 0);
  EXPECT_FALSE(cpu_ticks_in("cpu  1 2 3\n").has_value());
}

TEST(CpuTicks, that_do_not_read_like_numbers_are_unknown) {
  EXPECT_FALSE(cpu_ticks_in("").has_value());
  EXPECT_FALSE(cpu_ticks_in("cpu0 1 2 3 4\n").has_value());
  EXPECT_FALSE(cpu_ticks_in("cpu  1 2 x 4\n").has_value());
  EXPECT_FALSE(cpu_ticks_in("cpu  1 2 -3 4\n").has_value());
  EXPECT_FALSE(cpu_ticks_in("cpu  99999999999999999999 2 3 4\n").has_value());
}

std::string process_stat(const std::string& pid_and_name, const std::string& flags, int64_t user, int64_t system,
                         int64_t started = 100) {
  return pid_and_name + " I 2 0 0 0 -1 " + flags + " 0 0 0 0 " + std::to_string(user) + " " + std::to_string(system) +
         " 0 0 20 0 1 0 " + std::to_string(started) + " 0 0\n";
}
const char* const kThread = "69238880";

TEST(Servants, are_kernel_threads_that_work_for_others) {
  EXPECT_EQ(servant_in(process_stat("32 (kworker/u8:1-loop0)", kThread, 2, 90)), (ServantTicks{32, 100, 92}));
  EXPECT_TRUE(servant_in(process_stat("14 (ksoftirqd/0)", kThread, 0, 1)).has_value());
  EXPECT_TRUE(servant_in(process_stat("15 (rcu_preempt)", kThread, 0, 1)).has_value());
  EXPECT_FALSE(servant_in(process_stat("60 (kswapd0)", kThread, 0, 1)).has_value());
}

TEST(Servants, a_process_that_calls_itself_one_is_none) {
  EXPECT_FALSE(servant_in(process_stat("900 (kworker/0:1)", "4194560", 0, 500)).has_value());
  EXPECT_FALSE(servant_in(process_stat("900 (x) I 2 (kworker/0:1)", "4194560", 0, 500)).has_value());
  EXPECT_FALSE(servant_in("900 (kworker/0:1) I 2 0").has_value());
  EXPECT_FALSE(servant_in(") 1 (").has_value());
  EXPECT_FALSE(servant_in("").has_value());
}

TEST(Servants, are_counted_from_the_begin_and_new_ones_from_their_start) {
  const FakeTree tree{{"proc/9/stat", process_stat("9 (kworker/0:0)", kThread, 0, 10)},
                      {"proc/32/stat", process_stat("32 (kworker/0:1)", kThread, 0, 10)},
                      {"proc/40/stat", process_stat("40 (kworker/0:2)", kThread, 0, 10)},
                      {"proc/50/stat", process_stat("50 (bash)", "4194560", 0, 10)},
                      {"proc/sys/stat", process_stat("7 (kworker/0:3)", kThread, 0, 10)}};
  const auto begin = read_servants(HostRoot{tree.path()});
  ASSERT_EQ(begin.size(), 3U);
  tree.set({"proc/32/stat", process_stat("32 (kworker/0:1)", kThread, 0, 15)});
  tree.set({"proc/40/stat", process_stat("40 (kworker/0:9)", kThread, 0, 3, 200)});
  EXPECT_EQ(servant_ticks_between(begin, read_servants(HostRoot{tree.path()})), 5 + 3);
  EXPECT_EQ(servant_ticks_between(begin, {}), 0);
}

}  // namespace
}  // namespace umb
