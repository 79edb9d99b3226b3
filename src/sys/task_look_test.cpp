// SPDX-License-Identifier: Apache-2.0
#include "sys/task_look.h"

#include "testing/fake_tree.h"

#include <gmock/gmock.h>
#include <unistd.h>

namespace umb {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Descendants, are_read_from_the_kernels_lists_of_each_threads_children) {
  const FakeTree tree{{"proc/10/task/10/children", "11 12 "},
                      {"proc/10/task/15/children", "13 "},
                      {"proc/11/task/11/children", ""},
                      {"proc/12/task/12/children", "20 "},
                      {"proc/99/stat", "99 (x) S 10 99"}};
  EXPECT_THAT(descendants_of(HostRoot{tree.path()}, 10), ElementsAre(11, 12, 13, 20));
}

TEST(Descendants, are_found_by_everybodys_parent_where_the_kernel_has_no_such_lists) {
  const FakeTree tree{{"proc/10/stat", "10 (a) S 1 10"},
                      fake_folder("proc/10/task/10"),
                      {"proc/11/stat", "11 (b (c) 7) S 10 11"},
                      {"proc/12/stat", "12 (d) S 11 12"},
                      {"proc/13/stat", "13 (e) S 1 13"}};
  EXPECT_THAT(descendants_of(HostRoot{tree.path()}, 10), ElementsAre(11, 12));
}

TEST(Descendants, of_nobody_are_none) {
  EXPECT_THAT(descendants_of(HostRoot{FakeTree{}.path()}, 10), IsEmpty());
}

TEST(TaskLook, knows_our_own_name_and_threads) {
  EXPECT_THAT(threads_of(HostRoot{}, ::getpid()), Contains(::getpid()));
  EXPECT_EQ(name_of_process(HostRoot{}, ::getpid()), "sys_unit_test");
}

}  // namespace
}  // namespace umb
