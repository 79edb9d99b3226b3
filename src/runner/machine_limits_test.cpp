// SPDX-License-Identifier: Apache-2.0
#include "runner/machine_limits.h"

#include "testing/fake_tree.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

std::string reason(const FakeTree& tree, const Needs& needs) {
  return beyond_limits(HostRoot{tree.path()}, needs).value_or("it fits");
}

TEST(MachineLimits, what_is_more_than_a_limit_of_the_kernel_allows_is_said_with_both_numbers) {
  const FakeTree tree{{"proc/sys/fs/mount-max", "1100\n"},
                      {"proc/sys/user/max_mnt_namespaces", "74\n"},
                      {"proc/sys/kernel/threads-max", "250\n"}};
  EXPECT_EQ(reason(tree, {.mounts = 1000, .mount_namespaces = 64, .tasks = 50}), "it fits");
  EXPECT_EQ(reason(tree, {.mounts = 1001}),
            "fs.mount-max is 1100, and it takes 1001 mounts beside some 100 that are there");
  EXPECT_EQ(reason(tree, {.mount_namespaces = 65}),
            "user.max_mnt_namespaces is 74, and it takes 65 mount namespaces beside some 10 that are there");
  EXPECT_EQ(reason(tree, {.tasks = 51}),
            "kernel.threads-max is 250, and it takes 51 tasks beside some 200 that are there");
}

TEST(MachineLimits, each_mount_is_watched_for_its_release) {
  const FakeTree tree{{"proc/sys/fs/inotify/max_user_watches", "4096\n"}};
  EXPECT_EQ(reason(tree, {.mounts = 4086}), "it fits");
  EXPECT_EQ(reason(tree, {.mounts = 5000}),
            "fs.inotify.max_user_watches is 4096, and it takes 5000 inotify watches beside some 10 that are there");
}

TEST(MachineLimits, memory_that_others_need_is_not_taken) {
  const FakeTree tree{{"proc/meminfo", "MemTotal: 400000 kB\nMemAvailable: 131072 kB\n"}};
  EXPECT_EQ(reason(tree, {.mounts = 1000}), "it fits");
  EXPECT_EQ(reason(tree, {.mounts = 5000}),
            "it takes some 78 MiB of kernel memory, more than half of the 128 MiB that are available");
}

TEST(MachineLimits, a_kernel_without_limits_refuses_nothing) {
  EXPECT_EQ(reason(FakeTree{}, {.mounts = 5000, .mount_namespaces = 512, .tasks = 64}), "it fits");
}

}  // namespace
}  // namespace umb
