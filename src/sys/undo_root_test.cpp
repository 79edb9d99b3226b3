// SPDX-License-Identifier: Apache-2.0
// What undoing needs of the kernel, on the real one: mounts are never entered, loop devices are known by their file,
// control groups are emptied.
#include "base/unique_fd.h"
#include "sys/cgroup.h"
#include "sys/knob.h"
#include "sys/loop_detach.h"
#include "sys/remove_tree.h"
#include "testing/child.h"
#include "testing/fake_tree.h"

#include <filesystem>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/loop.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace umb {
namespace {

namespace fs = std::filesystem;

#define NEEDS_ROOT() \
  if (::geteuid() != 0) GTEST_SKIP() << "needs root"

/// In a mount namespace of its own; the exit code says which expectation failed.
int in_own_mounts(const std::function<int()>& body) {
  Child child([&](int) {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return 100;
    return body();
  });
  return child.wait();
}

TEST(RemoveTree, never_enters_a_mount) {
  NEEDS_ROOT();
  const FakeTree tree{fake_folder("gone/tmpfs"), fake_folder("gone/bind"), {"kept/file", "x"}};
  const auto body = [&](const std::string& mounted, const std::string& inside) {
    const Result<void> removed = remove_tree(tree.path() + "/gone");
    if (removed.has_value()) return 1;
    if (removed.error().errno_value != EXDEV) return 2;
    return fs::exists(mounted + "/" + inside) ? 0 : 3;
  };
  EXPECT_EQ(in_own_mounts([&] {
              const std::string mounted = tree.path() + "/gone/tmpfs";
              if (::mount("none", mounted.c_str(), "tmpfs", 0, nullptr) != 0) return 101;
              ::mkdir((mounted + "/inside").c_str(), 0700);
              return body(mounted, "inside");
            }),
            0);
  fs::create_directories(tree.path() + "/gone/bind");
  EXPECT_EQ(in_own_mounts([&] {
              const std::string mounted = tree.path() + "/gone/bind";
              if (::mount((tree.path() + "/kept").c_str(), mounted.c_str(), nullptr, MS_BIND, nullptr) != 0) return 101;
              return body(mounted, "file");
            }),
            0)
      << "a bind mount has the same device number as its surroundings";
}

TEST(RemoveTree, refuses_a_mount_in_the_folder_s_place) {
  NEEDS_ROOT();
  const FakeTree tree{fake_folder("gone"), {"kept/file", "x"}};
  EXPECT_EQ(in_own_mounts([&] {
              const std::string gone = tree.path() + "/gone";
              if (::mount((tree.path() + "/kept").c_str(), gone.c_str(), nullptr, MS_BIND, nullptr) != 0) return 101;
              const Result<void> removed = remove_tree(gone);
              if (removed.has_value()) return 1;
              return removed.error().errno_value == EXDEV ? 0 : 2;
            }),
            0);
  EXPECT_TRUE(fs::exists(tree.path() + "/kept/file"));
}

TEST(Knob, on_a_read_only_mount_says_what_to_do) {
  NEEDS_ROOT();
  EXPECT_EQ(in_own_mounts([] {
              if (::mount(nullptr, "/sys", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0) return 101;
              const Result<void> written = write_knob("/sys/kernel/rcu_normal", "0");
              if (written.has_value() || written.error().errno_value != EROFS) return 1;
              if (written.error().kind != ErrorKind::kUnavailable) return 2;
              return written.error().hint.find("read-only") != std::string::npos ? 0 : 3;
            }),
            0);
}

/// An image of 1 MB on a loop device without autoclear, taken back by its own hand whatever happens.
class AttachedLoop : public ::testing::Test {
 protected:
  void SetUp() override {
    NEEDS_ROOT();
    image_.reset(::open((tree_.path() + "/image").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    ASSERT_EQ(::ftruncate(image_.get(), 1 << 20), 0);
    const UniqueFd control(::open("/dev/loop-control", O_RDWR | O_CLOEXEC));
    if (!control.valid()) GTEST_SKIP() << "needs /dev/loop-control";
    loop_config config{};
    config.fd = static_cast<uint32_t>(image_.get());
    config.info.lo_offset = 4096;
    for (int attempt = 0; attempt < 16 && !attached_; ++attempt) {  // somebody else may take the free one first
      device_ = "/dev/loop" + std::to_string(::ioctl(control.get(), LOOP_CTL_GET_FREE));
      const UniqueFd loop(::open(device_.c_str(), O_RDWR | O_CLOEXEC));
      attached_ = ::ioctl(loop.get(), LOOP_CONFIGURE, &config) == 0;
    }
    ASSERT_TRUE(attached_) << device_;
    struct stat status {};
    ASSERT_EQ(::fstat(image_.get(), &status), 0);
    backing_ = {status.st_dev, status.st_ino, 4096};
  }
  void TearDown() override {
    if (!attached_ || loop_backing(device_).value() != backing_) return;
    const UniqueFd loop(::open(device_.c_str(), O_RDONLY | O_CLOEXEC));
    ::ioctl(loop.get(), LOOP_CLR_FD, 0);
  }
  const FakeTree tree_{fake_folder("x")};
  UniqueFd image_;
  std::string device_;
  LoopBacking backing_;
  bool attached_ = false;
};

TEST_F(AttachedLoop, knows_a_device_by_its_file_s_numbers_from_fstat) {
  EXPECT_EQ(loop_backing(device_).value(), backing_);
  EXPECT_EQ(detach_loop(device_, backing_, 20'000'000'000).value(), LoopDetach::kDetached);
  EXPECT_FALSE(loop_backing(device_).value().has_value());
  EXPECT_EQ(detach_loop(device_, backing_, 0).value(), LoopDetach::kNotAttached);
}

TEST_F(AttachedLoop, leaves_a_device_with_another_file_or_offset_alone) {
  for (const LoopBacking& other :
       {LoopBacking{backing_.device, backing_.inode + 1, 4096}, LoopBacking{backing_.device + 1, backing_.inode, 4096},
        LoopBacking{backing_.device, backing_.inode, 0}}) {
    EXPECT_EQ(detach_loop(device_, other, 0).value(), LoopDetach::kNotOurs);
  }
  EXPECT_EQ(loop_backing(device_).value(), backing_);
}

TEST_F(AttachedLoop, tells_when_somebody_has_the_device_open) {
  UniqueFd holder(::open(device_.c_str(), O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(detach_loop(device_, backing_, 30'000'000).value(), LoopDetach::kBusy);
  holder.reset();
  EXPECT_TRUE(comes_true([&] { return !loop_backing(device_).value().has_value(); }, 20'000));
}

TEST(LoopDetach, refuses_what_is_no_loop_device) {
  NEEDS_ROOT();
  EXPECT_FALSE(detach_loop("/dev/null", {}, 0).has_value());
}

TEST(Cgroup, is_emptied_and_removed_with_those_in_it) {
  NEEDS_ROOT();
  std::string root;
  for (const char* place : {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"}) {
    if (::access((std::string(place) + "/cgroup.controllers").c_str(), F_OK) == 0) root = place;
  }
  if (root.empty()) GTEST_SKIP() << "needs cgroup2";
  const std::string group = root + "/umountbench-test-" + std::to_string(::getpid());
  ASSERT_EQ(::mkdir(group.c_str(), 0700), 0);
  ASSERT_EQ(::mkdir((group + "/inner").c_str(), 0700), 0);
  Child child([](int) { return ::pause(); });
  const Result<void> moved = write_knob(group + "/inner/cgroup.procs", std::to_string(child.pid()));
  const bool can_kill = ::access((group + "/cgroup.kill").c_str(), F_OK) == 0;
  if (!can_kill) child.kill_it();
  const Result<bool> removed = kill_cgroup(group, 2'000'000'000);
  EXPECT_TRUE(moved.has_value());
  EXPECT_TRUE(removed.has_value()) << removed.error().text();
  EXPECT_FALSE(fs::exists(group));
  EXPECT_EQ(WTERMSIG(child.kill_it()), SIGKILL);
  EXPECT_FALSE(kill_cgroup(group, 0).value()) << "gone already";
}

TEST(Cgroup, refuses_an_ordinary_folder) {
  const FakeTree tree{{"folder/file", "x"}};
  EXPECT_FALSE(kill_cgroup(tree.path() + "/folder", 0).has_value());
  EXPECT_TRUE(fs::exists(tree.path() + "/folder/file"));
}

}  // namespace
}  // namespace umb
