// SPDX-License-Identifier: Apache-2.0
#include "sys/cpu_users.h"

#include "base/clock.h"
#include "testing/fake_tree.h"

#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {
namespace {

const char* const kThread = "69238880";
const char* const kProcess = "4194560";

struct MadeStat {
  std::string pid_and_name;
  std::string flags = kThread;
  int64_t user = 0, system = 0, reaped_user = 0, reaped_system = 0;
  int64_t started = 100;
  int64_t parent = 2;
};
std::string process_stat(const MadeStat& made) {
  std::string text = made.pid_and_name + " I " + std::to_string(made.parent) + " 0 0 0 -1 " + made.flags + " 0 0 0 0";
  for (const int64_t ticks : {made.user, made.system, made.reaped_user, made.reaped_system}) {
    text += " " + std::to_string(ticks);
  }
  return text + " 20 0 1 0 " + std::to_string(made.started) + " 0 0\n";
}

TEST(ProcessTicks, are_read_whatever_the_process_calls_itself) {
  const MadeStat made{"900 (x) I 2 (y) z)", kProcess, 1, 2, 3, 4, 5, 6};
  const ProcessTicks process = process_ticks_in(process_stat(made)).value();
  EXPECT_EQ(process.name, "x) I 2 (y) z");
  EXPECT_EQ(process.pid, 900);
  EXPECT_EQ(process.parent, 6);
  EXPECT_EQ(process.started, 5);
  EXPECT_FALSE(process.kernel_thread);
  EXPECT_EQ(process.own, 3);
  EXPECT_EQ(process.reaped, 7);
}

TEST(ProcessTicks, that_do_not_read_like_numbers_are_unknown) {
  EXPECT_FALSE(process_ticks_in("900 (kworker/0:1) I 2 0").has_value());
  EXPECT_FALSE(process_ticks_in(") 1 (").has_value());
  EXPECT_FALSE(process_ticks_in("").has_value());
  EXPECT_FALSE(process_ticks_in(process_stat({"x (y)"})).has_value());
  EXPECT_FALSE(process_ticks_in(process_stat({"9 (y)", "-1"})).has_value());
}

/// The names of the servants among the processes of a made-up machine.
size_t servants_of(const MadeStat& made) {
  return read_cpu_users(HostRoot{FakeTree{{"proc/9/stat", process_stat(made)}}.path()}).servants.size();
}

TEST(Servants, are_kernel_threads_that_work_for_others) {
  EXPECT_EQ(servants_of({"9 (kworker/u8:1-netns)"}), 1U);
  EXPECT_EQ(servants_of({"9 (ksoftirqd/0)"}), 1U);
  EXPECT_EQ(servants_of({"9 (rcu_preempt)"}), 1U);
  EXPECT_EQ(servants_of({"9 (kswapd0)"}), 0U);
}

TEST(Servants, a_process_that_calls_itself_one_is_none) {
  EXPECT_EQ(servants_of({"9 (kworker/0:1)", kProcess}), 0U);
  EXPECT_EQ(servants_of({"9 (x) I 2 (kworker/0:1)", kProcess}), 0U);
}

TEST(Servants, are_counted_from_the_begin_and_new_ones_from_their_start) {
  const FakeTree tree{{"proc/9/stat", process_stat({.pid_and_name = "9 (kworker/0:0)", .system = 10})},
                      {"proc/32/stat", process_stat({.pid_and_name = "32 (kworker/0:1)", .system = 10})},
                      {"proc/40/stat", process_stat({.pid_and_name = "40 (kworker/0:2)", .system = 10})},
                      {"proc/50/stat", process_stat({"50 (bash)", kProcess, 10})},
                      {"proc/sys/stat", process_stat({.pid_and_name = "7 (kworker/0:3)", .system = 10})}};
  const auto begin = read_cpu_users(HostRoot{tree.path()}).servants;
  ASSERT_EQ(begin.size(), 3U);
  tree.set({"proc/32/stat", process_stat({.pid_and_name = "32 (kworker/0:1)", .user = 1, .system = 14})});
  tree.set({"proc/40/stat", process_stat({.pid_and_name = "40 (kworker/0:9)", .system = 3, .started = 200})});
  EXPECT_EQ(servant_ticks_between(begin, read_cpu_users(HostRoot{tree.path()}).servants), 5 + 3);
  EXPECT_EQ(servant_ticks_between(begin, {}), 0);
}

TEST(OwnTicks, are_those_of_a_process_and_of_all_below_it) {
  const FakeTree tree{fake_link("proc/self", "60"),
                      {"proc/50/stat", process_stat({"50 (shell)", kProcess, 1000, 0, 1000, 0, 1, 1})},
                      {"proc/60/stat", process_stat({"60 (runner)", kProcess, 1, 0, 10, 0, 1, 50})},
                      {"proc/70/stat", process_stat({"70 (init)", kProcess, 0, 0, 100, 0, 1, 60})},
                      {"proc/65/stat", process_stat({"65 (helper)", kProcess, 20, 300, 0, 4000, 1, 70})},
                      {"proc/80/stat", process_stat({"80 (other)", kProcess, 1000, 0, 1000, 0, 1, 50})}};
  EXPECT_EQ(read_cpu_users(HostRoot{tree.path()}).own_ticks, 1 + 10 + 100 + 20 + 300 + 4000);
}

TEST(OwnTicks, do_not_go_round_in_circles) {
  const FakeTree tree{fake_link("proc/self", "60"),
                      {"proc/60/stat", process_stat({"60 (a)", kProcess, 1, 0, 0, 0, 1, 70})},
                      {"proc/70/stat", process_stat({"70 (b)", kProcess, 10, 0, 0, 0, 1, 60})},
                      {"proc/80/stat", process_stat({"80 (c)", kProcess, 100, 0, 0, 0, 1, 90})},
                      {"proc/90/stat", process_stat({"90 (d)", kProcess, 100, 0, 0, 0, 1, 80})}};
  EXPECT_EQ(read_cpu_users(HostRoot{tree.path()}).own_ticks, 11);
}

TEST(OwnTicks, are_nothing_where_this_process_cannot_be_seen) {
  const FakeTree tree{{"proc/60/stat", process_stat({"60 (a)", kProcess, 1, 0, 0, 0, 1, 0})}};
  EXPECT_EQ(read_cpu_users(HostRoot{tree.path()}).own_ticks, 0);
}

/// Uses the CPU for 100 ms.
void work() {
  const int64_t end_ns = thread_cpu_ns() + 100'000'000;
  while (thread_cpu_ns() < end_ns) {
  }
}

TEST(OwnTicks, keep_what_a_grandchild_used_that_has_ended) {
  const int64_t before = read_cpu_users({}).own_ticks;
  const pid_t child = ::fork();
  if (child == 0) {
    const pid_t grandchild = ::fork();
    if (grandchild == 0) {
      work();
      ::_exit(0);
    }
    ::waitpid(grandchild, nullptr, 0);
    ::_exit(0);
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_GE(read_cpu_users({}).own_ticks - before, ::sysconf(_SC_CLK_TCK) / 10 - 1);
}

}  // namespace
}  // namespace umb
