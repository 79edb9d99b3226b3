// SPDX-License-Identifier: Apache-2.0
#include "sys/descendants_cpu.h"

#include "testing/fake_tree.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

std::string stat_of(const std::string& times) {
  return "8 (a b) c) S 7 8 8 0 -1 4194560 1 2 3 4 " + times + " 20 0 1 0 100\n";
}

TEST(DescendantsCpu, is_that_of_children_and_theirs_with_what_they_have_reaped) {
  const FakeTree tree{{"proc/7/task/7/children", "8 9 "},
                      {"proc/8/task/8/children", "10 "},
                      {"proc/7/stat", stat_of("50 50 50 50")},
                      {"proc/8/stat", stat_of("1 2 3 4")},
                      {"proc/10/stat", stat_of("5 0 0 0")}};
  const int64_t tick_ns = 1'000'000'000 / ::sysconf(_SC_CLK_TCK);
  EXPECT_EQ(descendants_cpu_ns(HostRoot{tree.path()}, 7), 15 * tick_ns);
}

TEST(DescendantsCpu, is_none_where_nothing_can_be_read) {
  const FakeTree tree{{"proc/7/task/7/children", "8 9 "}, {"proc/8/stat", "8 (x"}, {"proc/9/stat", ""}};
  EXPECT_EQ(descendants_cpu_ns(HostRoot{tree.path()}, 7), 0);
  EXPECT_EQ(descendants_cpu_ns(HostRoot{tree.path()}, 1), 0);
}

}  // namespace
}  // namespace umb
