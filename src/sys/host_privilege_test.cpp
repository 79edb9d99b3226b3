// SPDX-License-Identifier: Apache-2.0
#include "sys/host_privilege.h"

#include "testing/fake_tree.h"

#include <gtest/gtest.h>
#include <linux/capability.h>
#include <sys/stat.h>

namespace umb {
namespace {

TEST(Capabilities, are_the_effective_ones) {
  const FakeTree tree{{"proc/self/status", "Name:\tx\nCapPrm:\tffffffffffffffff\nCapEff:\t0000000000200000\n"}};
  const uint64_t set = effective_capabilities(HostRoot{tree.path()}).value();
  EXPECT_TRUE(has_capability(set, CAP_SYS_ADMIN));
  EXPECT_FALSE(has_capability(set, CAP_SYS_RESOURCE));
  const FakeTree odd{{"proc/self/status", "CapEff:\txyz\n"}};
  EXPECT_FALSE(effective_capabilities(HostRoot{odd.path()}).has_value());
}

TEST(UserNamespaces, are_refused_by_each_of_the_settings_that_can) {
  const FakeTree tree{fake_link("proc/self/ns/user", "proc"), fake_folder("proc/self/ns/proc")};
  const HostRoot root{tree.path()};
  EXPECT_EQ(user_namespaces_refused(root), std::nullopt);
  tree.set({"proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n"});
  EXPECT_EQ(user_namespaces_refused(root), "kernel.apparmor_restrict_unprivileged_userns is 1");
  tree.set({"proc/sys/kernel/unprivileged_userns_clone", "0\n"});
  EXPECT_EQ(user_namespaces_refused(root), "kernel.unprivileged_userns_clone is 0");
  tree.set({"proc/sys/user/max_user_namespaces", "0\n"});
  EXPECT_EQ(user_namespaces_refused(root), "user.max_user_namespaces is 0");
  const FakeTree none{};
  EXPECT_EQ(user_namespaces_refused(HostRoot{none.path()}), "this kernel has no user namespaces");
}

TEST(Knob, is_writable_by_its_mode_read_only_or_not_there) {
  const FakeTree tree{{"sys/kernel/rcu_normal", "0\n"}, {"sys/kernel/fixed", "0\n"}};
  ASSERT_EQ(::chmod((tree.path() + "/sys/kernel/fixed").c_str(), 0444), 0);
  EXPECT_EQ(knob_writable(HostRoot{tree.path()}, "/sys/kernel/rcu_normal"), true);
  EXPECT_EQ(knob_writable(HostRoot{tree.path()}, "/sys/kernel/fixed"), false);
  EXPECT_EQ(knob_writable(HostRoot{tree.path()}, "/sys/kernel/other"), std::nullopt);
}

}  // namespace
}  // namespace umb
