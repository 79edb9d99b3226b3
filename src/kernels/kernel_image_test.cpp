// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_image.h"

#include "kernels/test_image.h"
#include "testing/temporary_folder.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace umb {
namespace {

using testing::HasSubstr;

void expect_refused(const std::string& bytes, const std::string& why, const std::string& hint) {
  const auto release = release_in_image(bytes, "x");
  ASSERT_FALSE(release.has_value()) << why;
  EXPECT_EQ(release.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(release.error().text(), HasSubstr("'x' is no kernel image: " + why));
  EXPECT_THAT(release.error().hint, HasSubstr(hint));
}

TEST(KernelImage, tells_its_release_up_to_the_first_blank) {
  EXPECT_EQ(release_in_image(fake_image("6.1.0-50-rt-amd64 (who@where) #1 SMP"), "x").value(), "6.1.0-50-rt-amd64");
  EXPECT_EQ(release_in_image(fake_image("7.2.13+deb14"), "x").value(), "7.2.13+deb14");
  EXPECT_EQ(release_in_image(fake_image("6.1 a", 0xffff, kImageHeadBytes), "x").value(), "6.1") << "the last place";
}

TEST(KernelImage, is_refused_when_cut_off_anywhere_before_the_end_of_its_release) {
  const std::string image = fake_image("6.1.0 x");
  for (size_t length = 0; length < 0x3200 + 6; ++length) {
    const auto release = release_in_image(std::string_view(image).substr(0, length), "x");
    ASSERT_FALSE(release.has_value()) << length;
  }
  EXPECT_TRUE(release_in_image(std::string_view(image).substr(0, 0x3200 + 6), "x").has_value());
}

TEST(KernelImage, is_refused_when_its_version_is_no_release) {
  const std::string why = "there is no release";
  for (const std::string version : {"", " 6.1", "6.1/../x y", "..", "\x1b[31m6.1 x", "6.1\xff x"}) {
    expect_refused(fake_image(version), why, "bzImage");
  }
  expect_refused(fake_image(std::string(65, 'a')), why, "bzImage");
  std::string none = fake_image("6.1 x");
  none[0x20e] = none[0x20f] = '\0';
  expect_refused(none, "its header names no version", "bzImage");
}

TEST(KernelImage, says_what_the_file_seems_to_be) {
  expect_refused("", "it is empty", "bzImage");
  expect_refused(std::string(0x400, 'x'), "it has no header of an x86 kernel", "bzImage");
  expect_refused(
      "\x7f"
      "ELF and so on",
      "it is an ELF file", "arch/x86/boot/bzImage");
  expect_refused("!<arch>\ndebian-binary", "it is a Debian package", ".deb");
  expect_refused("\xed\xab\xee\xdb", "it is an rpm package", ".rpm");
  expect_refused(std::string(0x38, '\0') + "ARM\x64", "it is a kernel for arm64", "x86");
}

TEST(KernelImage, is_read_from_a_file_and_from_nothing_else) {
  const TemporaryFolder folder;
  std::ofstream(folder.at("image"), std::ios::binary) << fake_image("6.1.0 x", 0x3000, 1U << 20U);
  EXPECT_EQ(image_release(folder.at("image")).value(), "6.1.0");
  ASSERT_EQ(::mkfifo(folder.at("pipe").c_str(), 0600), 0);
  for (const std::string& path : {folder.at("pipe"), folder.path(), folder.at("missing"), std::string("/dev/zero")}) {
    const auto release = image_release(path);
    ASSERT_FALSE(release.has_value()) << path;
    EXPECT_EQ(release.error().kind, ErrorKind::kUsage) << path;
  }
}

}  // namespace
}  // namespace umb
