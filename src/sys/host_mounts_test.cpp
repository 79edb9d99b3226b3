// SPDX-License-Identifier: Apache-2.0
#include "sys/host_mounts.h"

#include "base/unique_fd.h"
#include "testing/fake_tree.h"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {
namespace {

std::string layout_with(const std::string& mountinfo) {
  const FakeTree tree{{"proc/self/mountinfo", mountinfo}};
  return read_mount_table(HostRoot{tree.path()}).value().cgroup_layout;
}

TEST(MountTable, counts_mounts_and_tells_the_cgroup_layouts_apart) {
  const std::string root = "21 1 8:1 / / rw shared:1 - ext4 /dev/sda rw\n";
  const std::string v1 = "30 21 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n";
  const std::string unified = "31 21 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
  const std::string v2 = "32 21 0:28 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n";
  EXPECT_EQ(layout_with(root), "none");
  EXPECT_EQ(layout_with(root + v1), "v1");
  EXPECT_EQ(layout_with(root + v1 + unified), "hybrid");
  EXPECT_EQ(layout_with(root + v2), "v2");
  EXPECT_EQ(layout_with(root + "33 21 0:29 / /mnt/x rw - cgroup2 cgroup2 rw\n"), "none");

  const FakeTree tree{{"proc/self/mountinfo", root + v1}};
  EXPECT_EQ(read_mount_table(HostRoot{tree.path()}).value().mount_count, 2);
  const FakeTree empty{};
  EXPECT_FALSE(read_mount_table(HostRoot{empty.path()}).has_value());
}

TEST(MountTable, names_the_processes_that_have_one_open) {
  const FakeTree tree{{"proc/1/comm", "systemd\n"},
                      fake_link("proc/1/fd/8", "/proc/1/mountinfo"),
                      {"proc/712/comm", "udisksd\n"},
                      fake_link("proc/712/fd/3", "/dev/null"),
                      {"proc/90/comm", "poller\n"},
                      fake_link("proc/90/fd/3", "/dev/null"),
                      fake_link("proc/90/fd/4", "/proc/90/mounts"),
                      fake_link("proc/sys/fd/1", "/proc/1/mounts"),
                      {"proc/95/comm", "editor\n"},
                      fake_link("proc/95/fd/3", "/home/me/mounts")};
  const auto holders = mount_table_holders(HostRoot{tree.path()});
  ASSERT_EQ(holders.size(), 2U);
  EXPECT_EQ(holders[0].pid, 1);
  EXPECT_EQ(holders[0].name, "systemd");
  EXPECT_EQ(holders[1].pid, 90);
}

TEST(MountTable, a_real_child_that_has_one_open_is_found) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const int table = ::open("/proc/self/mountinfo", O_RDONLY);
    const char byte = table >= 0 ? 'y' : 'n';
    if (::write(ends[1], &byte, 1) == 1) ::alarm(20);
    ::pause();
    ::_exit(0);
  }
  const UniqueFd read_end(ends[0]);
  ::close(ends[1]);
  char byte = 0;
  const bool opened = ::read(read_end.get(), &byte, 1) == 1 && byte == 'y';
  const auto holders = mount_table_holders(HostRoot{});
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(std::any_of(holders.begin(), holders.end(), [child](const auto& one) { return one.pid == child; }));
}

}  // namespace
}  // namespace umb
