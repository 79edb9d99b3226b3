// SPDX-License-Identifier: Apache-2.0
#include "kernels/apt_state.h"

#include "sys/subprocess.h"
#include "testing/temporary_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

/// A mirror in a folder, asked by the real apt-get.
class Mirror : public testing::Test {
 protected:
  void SetUp() override {
    if (find_program("apt-get").empty()) GTEST_SKIP() << "apt-get is not installed";
    if (::access(kArchiveKeyring, R_OK) != 0) GTEST_SKIP() << "there is no keyring of Debian's archive";
    ::setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1);
  }
  void TearDown() override { ::unsetenv("XDG_CACHE_HOME"); }
  AptState state() { return AptState::open("file://" + folder_.at("mirror"), "sid").value(); }
  TemporaryFolder folder_;
};

TEST_F(Mirror, that_lacks_the_suite_is_told_in_one_line_with_what_to_do) {
  AptState apt = state();
  EXPECT_FALSE(apt.is_fresh());
  bool lacking = false;
  const auto updated = apt.update(lacking);
  ASSERT_FALSE(updated.has_value());
  EXPECT_TRUE(lacking);
  EXPECT_EQ(updated.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(updated.error().why.find("does not have a Release file"), std::string::npos) << updated.error().why;
  EXPECT_NE(updated.error().hint.find("lacks sid"), std::string::npos);
  EXPECT_FALSE(apt.is_fresh());
}

TEST_F(Mirror, whose_index_is_not_signed_by_a_key_of_the_archive_is_never_taken) {
  std::filesystem::create_directories(folder_.at("mirror/dists/sid/main/binary-amd64"));
  std::ofstream(folder_.at("mirror/dists/sid/main/binary-amd64/Packages")) << "";
  std::ofstream(folder_.at("mirror/dists/sid/Release"))
      << "Suite: sid\nArchitectures: amd64\nComponents: main\nDate: Sat, 01 Nov 2025 00:00:00 UTC\nSHA256:\n"
         " e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 main/binary-amd64/Packages\n";
  AptState apt = state();
  bool lacking = false;
  const auto updated = apt.update(lacking);
  ASSERT_FALSE(updated.has_value());
  EXPECT_TRUE(lacking);
  EXPECT_NE(updated.error().why.find("is not signed"), std::string::npos) << updated.error().why;
  EXPECT_NE(updated.error().hint.find("debian-archive-keyring"), std::string::npos);
  EXPECT_FALSE(apt.is_fresh());
}

TEST_F(Mirror, is_not_asked_from_a_cache_folder_whose_name_apt_cannot_hold) {
  std::filesystem::create_directory(folder_.at("a\"b"));
  ::setenv("XDG_CACHE_HOME", folder_.at("a\"b").c_str(), 1);
  const auto opened = AptState::open("file:///nonexistent", "sid");
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().kind, ErrorKind::kUsage);
}

TEST_F(Mirror, without_an_index_has_no_packages) {
  const AptState apt = state();
  const auto names = apt.package_names("linux-image-");
  ASSERT_TRUE(names.has_value());
  EXPECT_TRUE(names->empty());
  const auto depends = apt.depends_of("linux-image-6.1.0-50-amd64");
  ASSERT_FALSE(depends.has_value());
  EXPECT_EQ(depends.error().kind, ErrorKind::kUsage);
}

}  // namespace
}  // namespace umb
