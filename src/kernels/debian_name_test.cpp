// SPDX-License-Identifier: Apache-2.0
#include "kernels/debian_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> images(const std::string& name, const std::vector<std::string>& packages) {
  return images_in(packages, parse_debian_name(name).value());
}

const std::vector<std::string>& bookworm() {
  static const std::vector<std::string> packages{
      "linux-image-amd64",
      "linux-image-rt-amd64",
      "linux-image-6.1.0-9-rt-amd64",
      "linux-image-6.1.0-50-rt-amd64",
      "linux-image-6.1.0-50-rt-amd64-dbg",
      "linux-image-6.1.0-51-rt-amd64-unsigned",
      "linux-image-6.1.0-50-cloud-amd64",
      "linux-image-6.1.0-50-amd64",
      "linux-image-6.12.95+deb12-rt-amd64",
      "linux-image-6.12.95+deb12-amd64",
      "linux-image-6.1.0-52-rt-arm64",
      "linux-headers-6.1.0-53-rt-amd64",
  };
  return packages;
}

TEST(DebianName, is_a_version_or_a_suite_with_a_flavour_or_without) {
  const DebianName plain = parse_debian_name("debian:6.1").value();
  EXPECT_EQ(plain.version, "6.1");
  EXPECT_EQ(plain.flavour, "");
  EXPECT_EQ(parse_debian_name("debian:5.10-rt").value().flavour, "rt");
  const DebianName suite = parse_debian_name("debian:trixie-backports-cloud").value();
  EXPECT_EQ(suite.suite, "trixie-backports");
  EXPECT_EQ(suite.version, "");
  EXPECT_EQ(suite.flavour, "cloud");
}

TEST(DebianName, that_is_none_is_refused_with_the_forms_or_the_nearest_suite) {
  for (const char* name : {"", "6.1", "debian:", "debian:6", "debian:6.", "debian:6.1-", "debian:6.1-arm", "debian:rt",
                           "debian:6.1-rt-rt", "debian:../6.1", "debian:6.1\n", "ubuntu:6.1"}) {
    const auto parsed = parse_debian_name(name);
    ASSERT_FALSE(parsed.has_value()) << name;
    EXPECT_EQ(parsed.error().kind, ErrorKind::kUsage);
    EXPECT_NE(parsed.error().hint.find("debian:6.1-rt"), std::string::npos) << name;
  }
  EXPECT_EQ(parse_debian_name("debian:trixi-rt").error().hint, "did you mean 'trixie'?");
}

TEST(SuitesToTry, are_the_named_one_or_all_with_the_likeliest_first) {
  EXPECT_THAT(suites_to_try(parse_debian_name("debian:sid").value()), ElementsAre("sid"));
  for (const auto& [version, suite] : {std::pair{"5.10", "bullseye"},
                                       {"6.1", "bookworm"},
                                       {"6.12", "trixie"},
                                       {"6.12.95", "trixie"},
                                       {"7.2", "sid"}}) {
    const auto suites = suites_to_try(parse_debian_name(std::string("debian:") + version).value());
    EXPECT_EQ(suites.front(), suite) << version;
    EXPECT_EQ(suites.size(), 7U);
  }
}

TEST(DebianVersions, are_ordered_by_number_and_a_tilde_comes_before_the_end) {
  const std::vector<std::string> ascending{
      "6.1.0-0.deb11.5", "6.1.0-9", "6.1.0-50",     "6.2~rc1",      "6.2",     "6.2a",       "6.2+b",
      "6.2.0",           "6.10",    "6.12.9+deb12", "6.12.9+deb13", "6.12.95", "6.12.0095.1"};
  for (size_t i = 0; i + 1 < ascending.size(); ++i) {
    EXPECT_LT(compare_debian_versions(ascending[i], ascending[i + 1]), 0) << ascending[i] << " " << ascending[i + 1];
    EXPECT_GT(compare_debian_versions(ascending[i + 1], ascending[i]), 0) << ascending[i] << " " << ascending[i + 1];
  }
  EXPECT_EQ(compare_debian_versions("6.01", "6.1"), 0);
}

TEST(ImagesIn, are_of_that_version_and_flavour_newest_first) {
  EXPECT_THAT(images("debian:6.1-rt", bookworm()),
              ElementsAre("linux-image-6.1.0-50-rt-amd64", "linux-image-6.1.0-9-rt-amd64"));
  EXPECT_THAT(images("debian:6.1", bookworm()), ElementsAre("linux-image-6.1.0-50-amd64"));
  EXPECT_THAT(images("debian:6.1-cloud", bookworm()), ElementsAre("linux-image-6.1.0-50-cloud-amd64"));
  EXPECT_THAT(images("debian:6.12-cloud", bookworm()), IsEmpty());
}

TEST(ImagesIn, of_a_suite_are_of_any_version) {
  EXPECT_EQ(images("debian:bookworm-rt", bookworm()).front(), "linux-image-6.12.95+deb12-rt-amd64");
  EXPECT_THAT(images("debian:bookworm", {"linux-image--amd64", "linux-image-amd64", "linux-image-", ""}), IsEmpty());
}

TEST(PackagesWithKernel, are_the_image_until_it_only_depends_on_the_kernel) {
  EXPECT_THAT(packages_with_kernel("linux-image-a", "kmod, linux-base (>= 4.3~), initramfs-tools | dracut"),
              ElementsAre("linux-image-a"));
  EXPECT_THAT(packages_with_kernel("linux-image-b",
                                   "dracut | linux-initramfs-tool, linux-base-b (= 7.2.13-1), "
                                   "linux-binary-b (= 7.2.13-1), linux-modules-b (= 7.2.13-1)"),
              ElementsAre("linux-binary-b", "linux-modules-b"));
  EXPECT_THAT(packages_with_kernel("linux-image-c", ""), ElementsAre("linux-image-c"));
}

}  // namespace
}  // namespace umb
