// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"
#include "testing/fake_tree.h"

#include <cstdlib>
#include <filesystem>
#include <functional>

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kUser = 65534;

class FileAsRoot : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

/// The exit code of `body` in a child that believes it was started by sudo.
int under_sudo(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv("SUDO_UID", std::to_string(kUser).c_str(), 1);
    ::setenv("SUDO_GID", std::to_string(kUser).c_str(), 1);
    ::_exit(body());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST_F(FileAsRoot, gives_a_file_made_under_sudo_to_the_calling_user) {
  const FakeTree tree{};
  ASSERT_EQ(::chown(tree.path().c_str(), kUser, kUser), 0);
  const std::string path = tree.path() + "/a.json";
  const int code = under_sudo([&] {
    auto file = OutputFile::create(path);
    return file.has_value() && file->write("x").has_value() && file->commit().has_value() ? 0 : 1;
  });
  EXPECT_EQ(code, 0);
  struct stat found {};
  ASSERT_EQ(::stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_uid, kUser);
  EXPECT_EQ(found.st_gid, kUser);
}

TEST_F(FileAsRoot, is_root_again_after_it_was_the_calling_user) {
  const FakeTree tree{};
  const int code = under_sudo([&] {
    {
      const AsCaller outer;
      const AsCaller inner;
      if (check_output_place(tree.path() + "/a").has_value()) return 1;  // the folder is root's, 0700
    }
    return ::access(tree.path().c_str(), W_OK) == 0 && ::mkdir((tree.path() + "/b").c_str(), 0700) == 0 ? 0 : 2;
  });
  EXPECT_EQ(code, 0);
  struct stat found {};
  ASSERT_EQ(::stat((tree.path() + "/b").c_str(), &found), 0);
  EXPECT_EQ(found.st_uid, 0U);
}

TEST_F(FileAsRoot, sees_before_measuring_that_another_user_s_file_in_a_sticky_folder_can_t_be_replaced) {
  const FakeTree tree{{"a.json", "root's"}};
  fs::permissions(tree.path(), fs::perms(01777));
  const int code = under_sudo([&] {
    const Result<void> checked = check_output_place(tree.path() + "/a.json");
    return !checked.has_value() && checked.error().kind == ErrorKind::kUsage ? 0 : 1;
  });
  EXPECT_EQ(code, 0);
  EXPECT_TRUE(check_output_place(tree.path() + "/a.json").has_value());
}

TEST_F(FileAsRoot, reports_a_full_disk_and_leaves_the_older_file_alone) {
  const FakeTree tree{};
  const pid_t child = ::fork();
  if (child == 0) {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) ::_exit(1);
    if (::mount("tmpfs", tree.path().c_str(), "tmpfs", 0, "size=256k") != 0) ::_exit(2);
    tree.set({"a.json", "older"});
    const std::string path = tree.path() + "/a.json";
    int code = 0;
    {
      auto file = OutputFile::create(path);
      const Result<void> written = file->write(std::string(1'000'000, 'x'));
      if (written.has_value() || written.error().errno_value != ENOSPC) code = 3;
      if (file->commit().has_value()) code = 4;
    }
    if (read_file(path, 100).value() != "older") code = 5;
    if (std::distance(fs::directory_iterator(tree.path()), {}) != 1) code = 6;
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0);
}

}  // namespace
}  // namespace umb
