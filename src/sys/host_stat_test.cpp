// SPDX-License-Identifier: Apache-2.0
#include "sys/host_stat.h"

#include "testing/fake_tree.h"

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

}  // namespace
}  // namespace umb
