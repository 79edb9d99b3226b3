// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

KernelSpec parsed(const std::string& text) {
  const auto spec = parse_kernel_spec(text);
  EXPECT_TRUE(spec.has_value()) << text << ": " << (spec.has_value() ? "" : spec.error().text());
  return spec.value_or(KernelSpec{});
}

void expect_refused(const std::string& text) {
  const auto spec = parse_kernel_spec(text);
  ASSERT_FALSE(spec.has_value()) << text;
  EXPECT_EQ(spec.error().kind, ErrorKind::kUsage) << text;
  EXPECT_FALSE(spec.error().hint.empty()) << text;
}

TEST(KernelSpec, is_a_path_when_it_is_nothing_else) {
  const KernelSpec spec = parsed("/boot/vmlinuz-6.1");
  EXPECT_EQ(spec.kind, KernelSpecKind::kPath);
  EXPECT_THAT(spec.paths, ElementsAre("/boot/vmlinuz-6.1"));
  EXPECT_EQ(spec.label, "");
  EXPECT_EQ(spec.modules, "");
  EXPECT_THAT(parsed("linux,next").paths, ElementsAre("linux,next")) << "a comma in the name of a folder";
  EXPECT_EQ(parsed("./host").kind, KernelSpecKind::kPath);
  EXPECT_EQ(parsed("./a:b").kind, KernelSpecKind::kPath);
}

TEST(KernelSpec, takes_a_folder_of_modules_beside_an_image) {
  const KernelSpec spec = parsed("bzImage:modules=out/lib/modules/6.1");
  EXPECT_EQ(spec.label, "") << "what stands before the first '=' is no name";
  EXPECT_THAT(spec.paths, ElementsAre("bzImage"));
  EXPECT_EQ(spec.modules, "out/lib/modules/6.1");
  expect_refused("bzImage:modules=");
  expect_refused(":modules=x");
  expect_refused("A=:modules=x");
}

TEST(KernelSpec, takes_a_name_before_the_first_equals_sign_when_it_looks_like_one) {
  EXPECT_EQ(parsed("patched-v4.1+=linux").label, "patched-v4.1+");
  EXPECT_THAT(parsed("patched=linux").paths, ElementsAre("linux"));
  EXPECT_THAT(parsed("a=b=c").paths, ElementsAre("b=c"));
  for (const std::string path : {"dir/a=b", "./a=b", "-a=b", ".a=b", "a b=c", "=a"}) {
    EXPECT_EQ(parsed(path).label, "") << path;
    EXPECT_THAT(parsed(path).paths, ElementsAre(path));
  }
}

TEST(KernelSpec, takes_packages_with_commas_between_them) {
  const KernelSpec debian = parsed("new=x/a_1.deb,b.deb");
  EXPECT_EQ(debian.kind, KernelSpecKind::kDebianPackages);
  EXPECT_EQ(debian.label, "new");
  EXPECT_THAT(debian.paths, ElementsAre("x/a_1.deb", "b.deb"));
  const KernelSpec rpm = parsed("kernel-core.rpm,kernel-modules-core.rpm");
  EXPECT_EQ(rpm.kind, KernelSpecKind::kRpmPackages);
  EXPECT_EQ(rpm.paths.size(), 2U);
  for (const char* mixed : {"a.deb,b.rpm", "a.deb,bzImage", "a.deb,", ",a.deb", ".deb", "a,b.deb"}) {
    expect_refused(mixed);
  }
}

TEST(KernelSpec, keeps_an_archive_name_and_makes_a_label_of_it) {
  const KernelSpec spec = parsed("debian:6.1-rt");
  EXPECT_EQ(spec.kind, KernelSpecKind::kArchiveName);
  EXPECT_EQ(spec.archive_name, "debian:6.1-rt");
  EXPECT_EQ(spec.label, "debian-6.1-rt");
  EXPECT_EQ(parsed("old=debian:5.10-rt").label, "old");
  EXPECT_EQ(parsed("old=debian:5.10-rt").archive_name, "debian:5.10-rt");
}

TEST(KernelSpec, knows_the_running_kernel_by_the_word_host) {
  EXPECT_EQ(parsed("host").kind, KernelSpecKind::kHost);
  EXPECT_EQ(parsed("host").label, "host");
  EXPECT_EQ(parsed("mine=host").label, "mine");
}

TEST(KernelSpec, is_refused_when_empty) {
  expect_refused("");
  expect_refused("name=");
  EXPECT_THAT(parse_kernel_spec("").error().hint, HasSubstr("debian:6.1-rt"));
}

}  // namespace
}  // namespace umb
