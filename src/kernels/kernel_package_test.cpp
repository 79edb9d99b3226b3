// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_package.h"

#include "base/file.h"
#include "kernels/test_image.h"
#include "kernels/test_package.h"
#include "testing/temporary_folder.h"

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string kOld = "6.1.0-9-rt-amd64";
const std::string kNew = "7.2.1+deb14-rt-amd64";

class KernelPackage : public testing::Test {
 protected:
  void SetUp() override { ::setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1); }
  void TearDown() override { ::unsetenv("XDG_CACHE_HOME"); }

  std::string package(const std::string& name, const std::vector<TestEntry>& entries, const std::string& how = ".xz") {
    return write_file(folder_.at(name), debian_package(entries, how));
  }
  /// Debian's two packages of a kernel since 7.x.
  std::string binary(const std::string& release) {
    return package("binary.deb", {{"./usr/lib/modules/" + release + "/vmlinuz", fake_image(release + " x")}});
  }
  std::string modules(const std::string& release) {
    return package("modules.deb", {{"./usr/lib/modules/" + release + "/kernel/fs/ext4/ext4.ko.xz", "ext4"}}, ".zst");
  }

  void expect_refused(const std::vector<std::string>& paths, const std::string& what, const std::string& hint) {
    const auto kernel = kernel_from_packages(paths);
    ASSERT_FALSE(kernel.has_value()) << what;
    EXPECT_EQ(kernel.error().kind, ErrorKind::kUsage) << kernel.error().text();
    EXPECT_THAT(kernel.error().text(), HasSubstr(what));
    EXPECT_THAT(kernel.error().hint, HasSubstr(hint)) << kernel.error().text();
    EXPECT_TRUE(!fs::exists(cache()) || fs::is_empty(cache())) << "something half done stayed: " << what;
  }
  [[nodiscard]] std::string cache() const { return folder_.at("umountbench/kernels"); }
  static std::string text(const std::string& path) { return read_file(path, 1U << 20U).value_or("unreadable"); }

  TemporaryFolder folder_;
};

TEST_F(KernelPackage, gives_its_kernel_and_the_modules_that_a_guest_can_need) {
  for (const std::string how : {"", ".gz", ".xz", ".zst"}) {
    const std::string base = "./lib/modules/" + kOld + "/";
    const auto kernel = kernel_from_packages({package("image" + how + ".deb",
                                                      {{"./boot/", "", '5'},
                                                       {"./boot/vmlinuz-" + kOld, fake_image(kOld + " (x) #1")},
                                                       {"./boot/config-" + kOld, "CONFIG_X=y"},
                                                       {base + "kernel/fs/ext4/ext4.ko", "ext4" + how},
                                                       {base + "kernel/drivers/block/loop.ko.zst", "loop"},
                                                       {base + "kernel/drivers/gpu/drm.ko", "drm"},
                                                       {base + "modules.builtin", "kernel/x.ko"}},
                                                      how)});
    ASSERT_TRUE(kernel.has_value()) << kernel.error().text();
    EXPECT_EQ(kernel->release, kOld);
    EXPECT_EQ(text(kernel->image), fake_image(kOld + " (x) #1"));
    EXPECT_EQ(text(kernel->modules + "/kernel/fs/ext4/ext4.ko"), "ext4" + how);
    EXPECT_EQ(text(kernel->modules + "/kernel/drivers/block/loop.ko.zst"), "loop") << "as it is";
    EXPECT_EQ(text(kernel->modules + "/modules.builtin"), "kernel/x.ko");
    EXPECT_FALSE(fs::exists(kernel->modules + "/kernel/drivers/gpu"));
  }
}

TEST_F(KernelPackage, may_come_in_two_parts_in_any_order) {
  const auto kernel = kernel_from_packages({binary(kNew), modules(kNew)});
  ASSERT_TRUE(kernel.has_value()) << kernel.error().text();
  EXPECT_EQ(kernel->release, kNew);
  EXPECT_EQ(text(kernel->modules + "/kernel/fs/ext4/ext4.ko.xz"), "ext4");
  EXPECT_EQ(kernel_from_packages({modules(kNew), binary(kNew)}).value().image, kernel->image);
  const auto alone = kernel_from_packages({binary(kNew)});
  EXPECT_EQ(alone.value().modules, "") << "a kernel may have no modules";
}

TEST_F(KernelPackage, is_not_unpacked_a_second_time) {
  const std::string path = binary(kNew);
  const KernelFiles first = kernel_from_packages({path}).value();
  write_file(first.image, fake_image("9.9 x"));
  fs::rename(path, folder_.at("renamed.deb"));
  const auto again = kernel_from_packages({folder_.at("renamed.deb")});
  EXPECT_EQ(again.value().image, first.image);
  EXPECT_EQ(again.value().release, "9.9") << "it was unpacked anew";
}

TEST_F(KernelPackage, without_a_kernel_says_which_packages_to_name) {
  const std::string docs = "./usr/share/doc/linux-image-" + kNew;
  expect_refused({package("x.deb", {{docs, "linux-base", '2'}})}, "there is no kernel in",
                 "since 7.x Debian's kernel is in two other packages: name linux-binary-" + kNew +
                     " and linux-modules-" + kNew + ", with a comma");
  expect_refused({modules(kNew)}, "only modules", "linux-binary-" + kNew);
  expect_refused({package("x.deb", {{"./usr/bin/true", "x"}})}, "there is no kernel in", "linux-image");
}

TEST_F(KernelPackage, with_modules_of_another_release_is_refused) {
  expect_refused({binary(kNew), modules(kOld)}, "the kernel is '" + kNew + "', the modules are for '" + kOld + "'",
                 "one and the same release");
  expect_refused({binary(kNew), modules(kNew), package("y.deb", {{"lib/modules/5.1/kernel/fs/a.ko", "a"}})},
                 "modules are for two kernels", "one and the same release");
}

TEST_F(KernelPackage, with_a_second_kernel_is_refused) {
  expect_refused({binary(kNew), package("y.deb", {{"./boot/vmlinuz-" + kOld, fake_image(kOld + " x")}})},
                 "there are two kernels: '" + kNew + "'", "--kernel");
  expect_refused({modules(kNew), modules(kNew), binary(kNew)}, "twice", "once");
}

TEST_F(KernelPackage, may_hold_its_kernel_in_two_places) {
  const auto kernel = kernel_from_packages({package(
      "x.deb", {{"./boot/vmlinuz-6.1", fake_image("6.1 x")}, {"./lib/modules/6.1/vmlinuz", fake_image("6.1 x")}})});
  ASSERT_TRUE(kernel.has_value()) << kernel.error().text();
  EXPECT_EQ(kernel->release, "6.1");
}

TEST_F(KernelPackage, whose_kernel_is_none_is_refused) {
  expect_refused({package("x.deb", {{"./boot/vmlinuz-6.1",
                                     "\x7f"
                                     "ELF"}})},
                 "is no kernel image", "bzImage");
  expect_refused({package("x.deb", {{"./boot/vmlinuz-6.1", "/etc/passwd", '2'}})}, "there is no kernel", "linux-image");
  expect_refused({package("x.deb", {{"./boot/vmlinuz-6.1", "/etc/passwd", '1'}})}, "there is no kernel", "linux-image");
}

TEST_F(KernelPackage, with_hostile_names_is_refused_or_they_are_passed_over) {
  const TestEntry kernel{"./boot/vmlinuz-6.1", fake_image("6.1 x")};
  expect_refused({package("x.deb", {kernel, {"./lib/modules/6.1/kernel/../../../../../x.ko", "x"}})},
                 "leads out of the package", "no package of a kernel");
  const auto linked = kernel_from_packages({package("y.deb", {kernel,
                                                              {"./lib/modules/6.1/kernel/fs", folder_.path(), '2'},
                                                              {"./lib/modules/6.1/kernel/fs/a.ko", "a"},
                                                              {"/lib/modules/6.1/kernel/fs/b.ko", "b"},
                                                              {"/etc/cron.d/x.ko", "x"}})});
  ASSERT_TRUE(linked.has_value()) << linked.error().text();
  EXPECT_FALSE(fs::exists(folder_.at("a.ko"))) << "written through a link";
  EXPECT_FALSE(fs::is_symlink(linked->modules + "/kernel/fs"));
  EXPECT_EQ(text(linked->modules + "/kernel/fs/a.ko"), "a");
  EXPECT_EQ(text(linked->modules + "/kernel/fs/b.ko"), "b");
}

TEST_F(KernelPackage, that_is_cut_off_leaves_nothing_in_the_cache) {
  const std::string whole = debian_package(
      {{"./boot/vmlinuz-6.1", fake_image("6.1 x")}, {"./lib/modules/6.1/kernel/fs/a.ko", std::string(3000, 'a')}});
  for (const size_t length : {size_t{0}, size_t{8}, size_t{70}, whole.size() / 2, whole.size() - 20}) {
    expect_refused({write_file(folder_.at("cut.deb"), whole.substr(0, length))}, "cannot read the package", "");
  }
  expect_refused({package("huge.deb", {{"./boot/vmlinuz-6.1", "x", '0', "77777777777"}})}, "claims to have", "");
  expect_refused({folder_.at("missing.deb")}, "No such file", "");
}

}  // namespace
}  // namespace umb
