// SPDX-License-Identifier: Apache-2.0
// Packages that rpmbuild really makes.
#include "base/file.h"
#include "kernels/kernel_package.h"
#include "kernels/test_image.h"
#include "kernels/test_package.h"
#include "sys/subprocess.h"
#include "testing/temporary_folder.h"

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr int64_t kLimitNs = 60'000'000'000;

class KernelRpm : public testing::Test {
 protected:
  void SetUp() override {
    if (find_program("rpmbuild").empty()) GTEST_SKIP() << "there is no rpmbuild (package rpm)";
    ::setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1);
  }
  void TearDown() override { ::unsetenv("XDG_CACHE_HOME"); }

  /// kernel-core and kernel-modules-core, as Fedora cuts them.
  void build(const std::string& payload) {
    write_file(folder_.at("image"), fake_image("6.1.2-200.fc37.x86_64 (x)"));
    const std::string base = "%{buildroot}/lib/modules/6.1.2-200.fc37.x86_64";
    write_file(folder_.at("kernel.spec"),
               "Name: kernel\nVersion: 6.1.2\nRelease: 200.fc37\nSummary: s\nLicense: x\n"
               "%global debug_package %{nil}\n"
               "%description\nx\n"
               "%package core\nSummary: s\n%description core\nx\n"
               "%package modules-core\nSummary: s\n%description modules-core\nx\n"
               "%install\nmkdir -p " +
                   base + "/kernel/fs/ext4 " + base +
                   "/kernel/sound\n"
                   "cp " +
                   folder_.at("image") + " " + base +
                   "/vmlinuz\n"
                   "echo builtin > " +
                   base +
                   "/modules.builtin\n"
                   "printf ext4 > " +
                   base +
                   "/kernel/fs/ext4/ext4.ko.xz\n"
                   "printf snd > " +
                   base +
                   "/kernel/sound/snd.ko.xz\n"
                   "%files core\n/lib/modules/*/vmlinuz\n/lib/modules/*/modules.builtin\n%ghost /boot/vmlinuz-6.1.2\n"
                   "%files modules-core\n/lib/modules/*/kernel\n");
    const auto built =
        run_program_well({find_program("rpmbuild"), "-bb", "--quiet", "--target", "x86_64", "--define",
                          "_topdir " + folder_.at("top"), "--define", "_binary_payload " + payload, "--define",
                          "_tmppath " + folder_.path(), "--define", "__brp_strip /bin/true", folder_.at("kernel.spec")},
                         kLimitNs);
    ASSERT_TRUE(built.has_value()) << built.error().text();
  }
  [[nodiscard]] std::string rpm(const std::string& name) const {
    return folder_.at("top/RPMS/x86_64/kernel-" + name + "-6.1.2-200.fc37.x86_64.rpm");
  }
  TemporaryFolder folder_;
};

TEST_F(KernelRpm, gives_its_kernel_and_modules_however_it_is_packed) {
  for (const std::string payload : {"w19.zstdio", "w2.xzdio", "w9.gzdio"}) {
    build(payload);
    const auto kernel = kernel_from_packages({rpm("core"), rpm("modules-core")});
    ASSERT_TRUE(kernel.has_value()) << payload << ": " << kernel.error().text();
    EXPECT_EQ(kernel->release, "6.1.2-200.fc37.x86_64");
    EXPECT_EQ(read_file(kernel->modules + "/kernel/fs/ext4/ext4.ko.xz", 100).value(), "ext4");
    EXPECT_EQ(read_file(kernel->modules + "/modules.builtin", 100).value(), "builtin\n");
    EXPECT_FALSE(fs::exists(kernel->modules + "/kernel/sound"));
    ASSERT_GT(fs::remove_all(folder_.at("umountbench")), 0U);
  }
}

TEST_F(KernelRpm, is_refused_when_cut_off_or_without_a_kernel) {
  build("w9.gzdio");
  const std::string whole = read_file(rpm("core"), 1U << 24U).value();
  for (size_t length = 0; length + 64 < whole.size(); length += 61) {
    const auto kernel = kernel_from_packages({write_file(folder_.at("cut.rpm"), whole.substr(0, length))});
    ASSERT_FALSE(kernel.has_value()) << length << " of " << whole.size();
    EXPECT_EQ(kernel.error().kind, ErrorKind::kUsage) << kernel.error().text();
  }
  const auto kernel = kernel_from_packages({rpm("modules-core")});
  ASSERT_FALSE(kernel.has_value());
  EXPECT_THAT(kernel.error().hint, HasSubstr("kernel-core"));
}

}  // namespace
}  // namespace umb
