// SPDX-License-Identifier: Apache-2.0
#include "sys/device_openers.h"

#include "testing/child.h"
#include "testing/temporary_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

namespace fs = std::filesystem;

/// A folder that looks like /proc.
class MadeProcesses {
 public:
  void add(int pid, const std::string& name, const std::vector<std::string>& open) const {
    const fs::path process = fs::path(folder_.path()) / std::to_string(pid);
    fs::create_directories(process / "fd");
    std::ofstream(process / "comm") << name << "\n";
    for (size_t i = 0; i < open.size(); ++i) fs::create_symlink(open[i], process / "fd" / std::to_string(i));
  }
  [[nodiscard]] const std::string& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

TEST(DeviceOpenersTest, finds_who_has_the_very_device_open) {
  const MadeProcesses processes;
  processes.add(10, "blkid", {"/dev/null", "/dev/loop3"});
  processes.add(11, "other", {"/dev/loop33", "/dev/loop"});
  processes.add(12, "none", {});
  const DeviceOpeners found = find_openers(processes.path(), "/dev/loop3");
  ASSERT_EQ(found.open.size(), 1U);
  EXPECT_EQ(found.open[0].pid, 10);
  EXPECT_EQ(found.open[0].name, "blkid");
  EXPECT_FALSE(found.udev_runs);
}

TEST(DeviceOpenersTest, leaves_the_caller_out_under_the_number_that_this_procfs_gives_it) {
  const MadeProcesses processes;
  processes.add(10, "we", {"/dev/loop3"});
  fs::create_symlink("10", processes.path() + "/self");
  EXPECT_TRUE(find_openers(processes.path(), "/dev/loop3").open.empty());
}

TEST(DeviceOpenersTest, says_whether_udev_runs) {
  const MadeProcesses processes;
  processes.add(10, "systemd-udevd", {});
  EXPECT_TRUE(find_openers(processes.path(), "/dev/loop3").udev_runs);
}

TEST(DeviceOpenersTest, finds_a_process_of_this_machine) {
  Child child([](int talk) {
    static_cast<void>(::open("/dev/full", O_RDONLY));
    say(talk, "open");
    ::pause();
    return 0;
  });
  ASSERT_EQ(child.line(), "open");
  const DeviceOpeners found = find_openers("/proc", "/dev/full");
  EXPECT_TRUE(std::ranges::any_of(found.open, [&](const DeviceOpener& one) { return one.pid == child.pid(); }));
}

}  // namespace
}  // namespace umb
