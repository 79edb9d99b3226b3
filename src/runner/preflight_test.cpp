// SPDX-License-Identifier: Apache-2.0
#include "runner/preflight.h"

#include "sys/open_tree_namespace.h"
#include "testing/fake_tree.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace umb {
namespace {

const char* const kRootStatus = "CapEff:\t000001ffffffffff\n";
const char* const kUserStatus = "CapEff:\t0000000000000000\n";

std::string everything(const std::string& name) {
  return "/usr/bin/" + name;
}
std::string nothing(const std::string&) {
  return "";
}

TEST(Preflight, lets_a_case_run_when_everything_is_there) {
  const FakeTree tree{
      {"proc/self/status", kRootStatus}, {"proc/filesystems", "nodev\ttmpfs\n\text4\n"}, {"dev/loop-control", ""}};
  Preflight preflight(HostRoot{tree.path()}, everything);
  EXPECT_EQ(preflight.check({true, {"ext4", "tmpfs"}, {"mkfs.ext4"}, true}, false), std::nullopt);
}

TEST(Preflight, without_root_every_case_says_so) {
  const FakeTree tree{{"proc/self/status", kUserStatus}, {"proc/filesystems", "nodev\ttmpfs\n"}};
  Preflight preflight(HostRoot{tree.path()}, everything);
  EXPECT_EQ(preflight.check({false, {"tmpfs"}, {}, false}, false), "needs root (CAP_SYS_ADMIN is not effective)");
  const FakeTree blind{};
  EXPECT_TRUE(Preflight(HostRoot{blind.path()}, everything).check({}, false).has_value());
}

TEST(Preflight, of_a_dry_run_answers_as_root_would_be_answered) {
  const FakeTree tree{{"proc/self/status", kUserStatus}, {"dev/loop-control", ""}};
  ASSERT_EQ(::chmod((tree.path() + "/dev/loop-control").c_str(), 0), 0);
  Preflight preflight(HostRoot{tree.path()}, nothing);
  preflight.assume_root();
  EXPECT_EQ(preflight.check({true, {}, {}, true}, false), std::nullopt);
  EXPECT_EQ(preflight.check({true, {}, {"mkfs.ext4"}, false}, false),
            "mkfs.ext4 is not installed (Debian package e2fsprogs)");
}

TEST(Preflight, unprivileged_leaves_out_what_needs_root) {
  const FakeTree tree{
      {"proc/self/status", kUserStatus}, {"proc/self/ns/user", ""}, {"proc/filesystems", "nodev\ttmpfs\n"}};
  Preflight preflight(HostRoot{tree.path()}, everything);
  EXPECT_EQ(preflight.check({false, {"tmpfs"}, {}, false}, true), std::nullopt);
  EXPECT_EQ(preflight.check({true, {"tmpfs"}, {}, false}, true), "needs root: --unprivileged can't do it");
  const FakeTree shut{{"proc/self/ns/user", ""}, {"proc/sys/user/max_user_namespaces", "0\n"}};
  EXPECT_EQ(Preflight(HostRoot{shut.path()}, everything).check({false, {}, {}, false}, true),
            "no user namespace can be made: user.max_user_namespaces is 0");
}

TEST(Preflight, takes_a_controller_only_from_a_cgroup2_that_gives_it_to_its_groups) {
  const Needs needs{.root = false, .controllers = {"memory", "io"}};
  const auto reason_in = [&needs](const char* file, const char* text) {
    const FakeTree tree{{"proc/self/status", kRootStatus}, {file, text}};
    return Preflight(HostRoot{tree.path()}, everything).check(needs, false);
  };
  EXPECT_EQ(reason_in("sys/fs/cgroup/cgroup.subtree_control", "cpuset cpu io memory pids\n"), std::nullopt);
  EXPECT_EQ(reason_in("sys/fs/cgroup/cgroup.subtree_control", "cpu memory\n"),
            "needs a cgroup2 with memory and io for its groups; that in /sys/fs/cgroup gives them cpu, memory");
  EXPECT_EQ(reason_in("sys/fs/cgroup/unified/cgroup.subtree_control", "\n"),
            "needs a cgroup2 with memory and io for its groups; that in /sys/fs/cgroup/unified gives them none");
  EXPECT_EQ(reason_in("sys/fs/cgroup/memory/tasks", ""),
            "needs a cgroup2 with memory and io for its groups; there is none in /sys/fs/cgroup");
}

TEST(Preflight, fuse_needs_its_device_beside_the_file_system) {
  const FakeTree tree{{"proc/self/status", kRootStatus}, {"proc/filesystems", "\tfuseblk\nnodev\tfuse\n"}};
  EXPECT_EQ(Preflight(HostRoot{tree.path()}, everything).check({true, {"fuseblk"}, {}, false}, false),
            "/dev/fuse is not there (kernel module fuse: modprobe fuse)");
  tree.set({"dev/fuse", ""});
  EXPECT_EQ(Preflight(HostRoot{tree.path()}, everything).check({true, {"fuseblk", "fuse"}, {}, false}, false),
            std::nullopt);
}

TEST(Preflight, a_file_system_may_be_a_module_that_is_not_loaded_yet) {
  const FakeTree tree{{"proc/self/status", kRootStatus},
                      {"proc/sys/kernel/osrelease", "6.1\n"},
                      {"proc/filesystems", "nodev\ttmpfs\n"},
                      fake_folder("lib/modules/6.1/kernel/fs/xfs"),
                      {"lib/modules/6.1/modules.alias", "alias fs-vfat vfat\nalias fs-xfsdump x\n"}};
  Preflight preflight(HostRoot{tree.path()}, everything);
  EXPECT_EQ(preflight.check({true, {"xfs"}, {}, false}, false), std::nullopt);
  EXPECT_EQ(preflight.check({true, {"vfat"}, {}, false}, false), std::nullopt);
  EXPECT_EQ(preflight.check({true, {"ext4"}, {}, false}, false),
            "ext4 is not in /proc/filesystems, nor is there a module of it for this kernel");
  tree.set({"proc/sys/kernel/modules_disabled", "1\n"});
  EXPECT_TRUE(Preflight(HostRoot{tree.path()}, everything).check({true, {"xfs"}, {}, false}, false).has_value());
}

TEST(Preflight, sees_in_rcu_normal_what_the_knobs_were_found_as) {
  const auto is_normal = [](const FakeTree& tree) {
    return Preflight(HostRoot{tree.path()}, everything).as_found_is_normal();
  };
  EXPECT_TRUE(is_normal({{"sys/kernel/rcu_normal", "1\n"}}));
  EXPECT_FALSE(is_normal({{"sys/kernel/rcu_normal", "0\n"}, {"sys/kernel/rcu_expedited", "1\n"}}));
  EXPECT_FALSE(is_normal({}));
}

TEST(Preflight, names_the_debian_package_of_a_missing_program) {
  EXPECT_EQ(missing_program("umount"), "umount is not installed (Debian package mount)");
  EXPECT_EQ(missing_program("mkfs.vfat"), "mkfs.vfat is not installed (Debian package dosfstools)");
  EXPECT_EQ(missing_program("frobnicate"), "frobnicate is not installed");
}

TEST(Preflight, a_program_given_by_its_path_must_be_one) {
  const FakeTree tree{{"proc/self/status", kRootStatus}, {"opt/runtime", "x"}, {"opt/text", "x"}};
  ASSERT_EQ(::chmod((tree.path() + "/opt/runtime").c_str(), 0755), 0);
  ASSERT_EQ(::chmod((tree.path() + "/opt/text").c_str(), 0644), 0);
  Preflight preflight(HostRoot{tree.path()}, everything);
  EXPECT_EQ(preflight.check({.programs = {"/opt/runtime"}}, false), std::nullopt);
  EXPECT_EQ(preflight.check({.programs = {"/opt/text"}}, false), "'/opt/text' can't be run: it is not executable");
  EXPECT_EQ(preflight.check({.programs = {"/opt"}}, false), "'/opt' can't be run: it is no file");
  EXPECT_EQ(preflight.check({.programs = {"/opt/none"}}, false), "'/opt/none' can't be run: No such file or directory");
}

TEST(Preflight, asks_this_kernel_for_namespaces_by_open_tree) {
  const FakeTree tree{{"proc/self/status", kRootStatus}};
  const auto reason = Preflight(HostRoot{tree.path()}, everything).check({.open_tree_namespace = true}, false);
  EXPECT_EQ(reason.value_or("it has them"),
            has_open_tree_namespace() ? "it has them" : "this kernel has no OPEN_TREE_NAMESPACE (Linux 7.0)");
}

TEST(Preflight, what_no_machine_can_do_is_said_before_anything_else) {
  const FakeTree tree{};
  EXPECT_EQ(Preflight(HostRoot{tree.path()}, nothing).check({.impossible = "it is read-only"}, false),
            "it is read-only");
}

TEST(Preflight, some_file_systems_need_root_on_an_older_kernel) {
  const FakeTree tree{{"proc/self/ns/user", ""}, {"proc/sys/kernel/osrelease", "5.10.0-28-amd64\n"}};
  const Needs needs{.root = false, .user_namespace_since = "5.11"};
  EXPECT_EQ(Preflight(HostRoot{tree.path()}, everything).check(needs, true),
            "needs root here: a user namespace can do it since Linux 5.11");
  for (const char* release : {"5.11.0\n", "6.1.0-rc1\n", "10.2\n"}) {
    tree.set({"proc/sys/kernel/osrelease", release});
    EXPECT_EQ(Preflight(HostRoot{tree.path()}, everything).check(needs, true), std::nullopt) << release;
  }
}

TEST(Preflight, images_on_a_disk_need_a_folder_for_them) {
  const FakeTree tree{{"proc/self/status", kRootStatus}};
  EXPECT_EQ(Preflight(HostRoot{tree.path()}, everything).check({.disk_folder = true}, false),
            "/var/tmp can't hold images on a disk: it is not there");
}

TEST(Preflight, without_loop_control_says_which_module) {
  const FakeTree tree{{"proc/self/status", kRootStatus}};
  EXPECT_EQ(Preflight(HostRoot{tree.path()}, everything).check({true, {}, {}, true}, false),
            "/dev/loop-control is not there (kernel module loop: modprobe loop)");
}

TEST(Preflight, names_the_namespaces_and_control_groups_that_a_kernel_lacks) {
  const FakeTree tree{{"proc/self/status", kRootStatus}, {"proc/self/ns/mnt", ""}};
  Preflight preflight(HostRoot{tree.path()}, everything);
  EXPECT_EQ(preflight.check({.namespaces = {"mnt"}}, false), std::nullopt);
  EXPECT_EQ(preflight.check({.namespaces = {"mnt", "net"}}, false), "this kernel has no net namespaces");
  EXPECT_EQ(preflight.check({.control_groups = true}, false), "this kernel has no control groups");
}

TEST(Preflight, knows_the_limits_of_the_machine) {
  const FakeTree tree{{"proc/self/status", kRootStatus}, {"proc/sys/fs/mount-max", "1100\n"}};
  EXPECT_EQ(Preflight(HostRoot{tree.path()}, everything).check({.mounts = 1001}, false),
            "fs.mount-max is 1100, and it takes 1001 mounts beside some 100 that are there");
}

TEST(Preflight, wants_control_groups_to_be_mounted_where_they_can_be_cleaned_up) {
  const FakeTree tree{{"proc/self/status", kRootStatus},
                      fake_folder("sys/fs/cgroup"),
                      {"proc/self/mountinfo", "32 21 0:28 / /elsewhere rw - cgroup2 cgroup2 rw\n"}};
  EXPECT_EQ(Preflight(HostRoot{tree.path()}, everything).check({.control_groups = true}, false),
            "no control groups are mounted in /sys/fs/cgroup");
  tree.set({"proc/self/mountinfo", "32 21 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"});
  EXPECT_EQ(Preflight(HostRoot{tree.path()}, everything).check({.control_groups = true}, false), std::nullopt);
}

TEST(Preflight, asks_the_host_only_once) {
  const FakeTree tree{{"proc/self/status", kRootStatus}};
  int asked = 0;
  Preflight preflight(HostRoot{tree.path()}, [&asked](const std::string&) {
    ++asked;
    return std::string();
  });
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(preflight.check({true, {}, {"crun"}, false}, false).has_value());
  EXPECT_EQ(asked, 1);
}

TEST(Preflight, rcu_modes_but_as_found_need_both_knobs) {
  const FakeTree tree{{"sys/kernel/rcu_normal", "0\n"}};
  Preflight preflight(HostRoot{tree.path()}, everything);
  EXPECT_EQ(preflight.check_rcu("as-found", false), std::nullopt);
  EXPECT_EQ(preflight.check_rcu("as-found", true), std::nullopt);
  EXPECT_EQ(preflight.check_rcu("normal", false), "this kernel has no /sys/kernel/rcu_expedited");
  EXPECT_EQ(preflight.check_rcu("normal", true), "rcu=normal needs root: --unprivileged can only measure rcu=as-found");
  tree.set({"sys/kernel/rcu_expedited", "0\n"});
  Preflight both(HostRoot{tree.path()}, everything);
  for (const char* mode : {"default", "normal", "expedited"}) EXPECT_EQ(both.check_rcu(mode, false), std::nullopt);
}

TEST(Preflight, a_case_is_checked_for_its_needs_and_its_rcu_mode) {
  const FakeTree tree{{"proc/self/status", kRootStatus}};
  Preflight preflight(HostRoot{tree.path()}, everything);
  const Case normal{"id", "umount", {{"fs", "tmpfs"}, {"rcu", "normal"}}};
  const Case as_found{"id", "umount", {{"fs", "tmpfs"}, {"rcu", "as-found"}}};
  EXPECT_EQ(preflight.check_case(normal, {}, false), "this kernel has no /sys/kernel/rcu_normal");
  EXPECT_EQ(preflight.check_case(as_found, {}, false), std::nullopt);
}

}  // namespace
}  // namespace umb
