// SPDX-License-Identifier: Apache-2.0
#include "sys/process.h"

#include "base/clock.h"
#include "testing/child.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace umb {
namespace {

const std::string kStatTail = " S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20 21\n";

TEST(Process, reads_the_start_time_behind_any_name) {
  EXPECT_EQ(parse_start_time("7 (cat)" + kStatTail).value(), 4711U);
  EXPECT_EQ(parse_start_time("7 (a) S 1 (b) 9 9)" + kStatTail).value(), 4711U);
  EXPECT_EQ(parse_start_time("7 (\n) )" + kStatTail).value(), 4711U);
}

TEST(Process, refuses_a_stat_that_is_cut_off_or_no_stat) {
  for (const char* wrong :
       {"", ")", "7 (cat)", "7 (cat) S 1 2 3", "7 (cat) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 x",
        "7 (cat) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 -3 20"}) {
    EXPECT_FALSE(parse_start_time(wrong).has_value()) << wrong;
  }
}

TEST(Process, knows_itself_and_nobody_else_with_its_number) {
  ProcessId self = own_process_id().value();
  EXPECT_TRUE(is_same_process(self));
  ++self.start_time;
  EXPECT_FALSE(is_same_process(self));
  EXPECT_EQ(open_process(self).error().errno_value, ESRCH);
}

TEST(Process, takes_no_number_for_a_process_that_means_a_group) {
  EXPECT_FALSE(is_same_process({0, 0}));
  EXPECT_EQ(open_process({-1, 0}).error().errno_value, ESRCH);
}

TEST(Process, counts_one_that_has_ended_as_gone_before_it_is_reaped) {
  Child child([](int) { return 0; });
  const ProcessId id{child.pid(), process_start_time(child.pid()).value()};
  EXPECT_TRUE(comes_true([&] { return !is_same_process(id); }, 20'000));
  EXPECT_EQ(process_start_time(child.pid()).value(), id.start_time) << "reaped already: this test shows nothing";
  child.wait();
  EXPECT_EQ(process_start_time(child.pid()).error().errno_value, ESRCH);
}

TEST(Process, waits_no_longer_than_told_and_ends_by_signal) {
  Child child([](int) { return ::pause(); });
  const UniqueFd pidfd = open_pidfd(child.pid()).value();
  const int64_t before = monotonic_ns();
  EXPECT_FALSE(wait_until_ended(pidfd.get(), 20'000'000).value());
  EXPECT_GE(monotonic_ns() - before, 20'000'000);
  ASSERT_TRUE(signal_process(pidfd.get(), SIGKILL).has_value());
  EXPECT_TRUE(wait_until_ended(pidfd.get(), 20'000'000'000).value());
  EXPECT_EQ(WTERMSIG(child.wait()), SIGKILL);
  EXPECT_TRUE(signal_process(pidfd.get(), SIGKILL).has_value()) << "nobody there any more is no error";
}

TEST(BootId, is_there) {
  EXPECT_EQ(boot_id().value().size(), 36U);
}

}  // namespace
}  // namespace umb
