// SPDX-License-Identifier: Apache-2.0
#include "runner/preflight.h"
#include "testing/fake_tree.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {
namespace {

/// Exit code of a child that sees /sys read-only: 0 when preflight says so, 77 when it could not be arranged.
int reason_on_read_only_sys(const FakeTree& tree) {
  const std::string sys = tree.path() + "/sys";
  if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      ::mount(sys.c_str(), sys.c_str(), nullptr, MS_BIND, nullptr) != 0 ||
      ::mount(nullptr, sys.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0) {
    return 77;
  }
  Preflight preflight(HostRoot{tree.path()});
  const auto reason = preflight.check_rcu("normal", false);
  return reason == "/sys/kernel/rcu_normal can't be written: /sys is read-only here, as in most containers" ? 0 : 1;
}

TEST(PreflightAsRoot, a_read_only_sys_is_told_from_a_missing_knob) {
  const FakeTree tree{{"sys/kernel/rcu_normal", "0\n"}, {"sys/kernel/rcu_expedited", "0\n"}};
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) ::_exit(reason_on_read_only_sys(tree));
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "no mount namespace can be made here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(PreflightAsRoot, lets_a_tmpfs_case_run_on_this_machine) {
  if (::geteuid() != 0) GTEST_SKIP() << "not root";
  EXPECT_EQ(Preflight().check({true, {"tmpfs"}, {}, false}, false), std::nullopt);
}

}  // namespace
}  // namespace umb
