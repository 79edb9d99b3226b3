// SPDX-License-Identifier: Apache-2.0
#include "kernels/find_kernel.h"

#include "kernels/test_image.h"
#include "kernels/test_package.h"
#include "testing/fake_tree.h"
#include "testing/temporary_folder.h"

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

using testing::HasSubstr;

Result<KernelFiles> find(const std::string& text, const FetchPackages& fetch = {}, const HostRoot& host = {}) {
  return find_kernel(parse_kernel_spec(text).value(), fetch, host);
}

void expect_refused(const Result<KernelFiles>& kernel, const std::string& what, const std::string& hint) {
  ASSERT_FALSE(kernel.has_value()) << what;
  EXPECT_EQ(kernel.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(kernel.error().text(), HasSubstr(what));
  EXPECT_THAT(kernel.error().hint, HasSubstr(hint)) << kernel.error().text();
}

TEST(FindKernel, takes_an_image_where_it_lies_and_the_modules_named_with_it) {
  const FakeTree tree{{"image", fake_image("6.1-x y")}, fake_folder("out/lib/modules/6.1-x/kernel")};
  const std::string folder = tree.path() + "/out/lib/modules/6.1-x";
  const auto plain = find(tree.path() + "/image");
  ASSERT_TRUE(plain.has_value()) << plain.error().text();
  EXPECT_EQ(plain->image, tree.path() + "/image");
  EXPECT_EQ(plain->release, "6.1-x");
  EXPECT_EQ(plain->modules, "");
  EXPECT_EQ(find(tree.path() + "/image:modules=" + folder).value().modules, folder);
  EXPECT_EQ(find("x=" + tree.path() + "/image:modules=" + tree.path() + "/out").value().modules, folder)
      << "where modules_install put them";
  expect_refused(find(tree.path() + "/image:modules=/nowhere"), "there are no kernel modules in '/nowhere'",
                 "lib/modules/6.1-x");
  expect_refused(find(tree.path() + "/image:modules=" + tree.path()), "there are no kernel modules", "6.1-x");
}

TEST(FindKernel, takes_a_build_tree_with_its_modules) {
  const FakeTree tree{{"arch/x86/boot/bzImage", fake_image("6.1-x y")}};
  EXPECT_EQ(find(tree.path()).value().image, tree.path() + "/arch/x86/boot/bzImage");
  EXPECT_EQ(find(tree.path()).value().modules, "") << "built without modules";
  tree.set({"modules.order", "fs/ext4/ext4.o\n"});
  EXPECT_EQ(find(tree.path()).value().modules, tree.path());
  EXPECT_EQ(find(tree.path()).value().release, "6.1-x");
}

TEST(FindKernel, says_what_a_folder_lacks) {
  const FakeTree sources{{"Makefile", ""}};
  expect_refused(find(sources.path()), "is no kernel build tree", "build the kernel first");
  const FakeTree modules{fake_folder("kernel"), {"modules.order", ""}};
  expect_refused(find(modules.path()), "is a folder of modules", ":modules=");
}

TEST(FindKernel, says_what_a_kernel_can_be_when_there_is_none) {
  for (const char* spec : {"/nowhere/bzImage", "/nowhere/a.deb", "/nowhere/a.rpm,/nowhere/b.rpm", "x=/nowhere/x"}) {
    expect_refused(find(spec), "no such kernel: '" + std::string(spec) + "'", "debian:6.1-rt");
  }
}

TEST(FindKernel, asks_for_the_packages_behind_an_archive_name) {
  const TemporaryFolder folder;
  ::setenv("XDG_CACHE_HOME", folder.path().c_str(), 1);
  const std::string path =
      write_file(folder.at("a.deb"), debian_package({{"./boot/vmlinuz-6.1", fake_image("6.1-rt x")}}));
  std::string asked;
  const auto kernel = find("debian:6.1-rt", [&](const std::string& name) -> Result<std::vector<std::string>> {
    asked = name;
    return std::vector<std::string>{path};
  });
  ASSERT_TRUE(kernel.has_value()) << kernel.error().text();
  EXPECT_EQ(asked, "debian:6.1-rt");
  EXPECT_EQ(kernel->release, "6.1-rt");
  EXPECT_EQ(find(path).value().image, kernel->image);
  expect_refused(find("debian:6.1-rt"), "not fetched", "vm fetch debian:6.1-rt");
  ::unsetenv("XDG_CACHE_HOME");
}

TEST(FindKernel, takes_the_running_kernel_from_boot_or_from_beside_its_modules) {
  const FakeTree host{{"proc/sys/kernel/osrelease", "6.1-x\n"}, {"lib/modules/6.1-x/vmlinuz", fake_image("6.1-x y")}};
  EXPECT_EQ(find("host", {}, {host.path()}).value().image, host.path() + "/lib/modules/6.1-x/vmlinuz");
  EXPECT_EQ(find("host", {}, {host.path()}).value().modules, "");
  host.set({"boot/vmlinuz-6.1-x", fake_image("6.1-x y")});
  host.set(fake_folder("lib/modules/6.1-x/kernel"));
  EXPECT_EQ(find("host", {}, {host.path()}).value().image, host.path() + "/boot/vmlinuz-6.1-x");
  EXPECT_EQ(find("host", {}, {host.path()}).value().modules, host.path() + "/lib/modules/6.1-x");
}

TEST(FindKernel, says_why_the_running_kernel_can_not_be_used) {
  const FakeTree none{{"proc/sys/kernel/osrelease", "6.1-x\n"}};
  expect_refused(find("host", {}, {none.path()}), "there is neither /boot/vmlinuz-6.1-x nor", "debian:6.1-rt");
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  none.set({"boot/vmlinuz-6.1-x", fake_image("6.1-x y")});
  std::filesystem::permissions(none.path() + "/boot/vmlinuz-6.1-x", std::filesystem::perms::none);
  expect_refused(find("host", {}, {none.path()}), "cannot read", "sudo");
}

}  // namespace
}  // namespace umb
