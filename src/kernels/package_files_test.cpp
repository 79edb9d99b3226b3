// SPDX-License-Identifier: Apache-2.0
#include "kernels/package_files.h"

#include "kernels/debian_kernel.h"
#include "testing/temporary_folder.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Packages : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1);
    std::filesystem::create_directory(folder_.at("new"));
  }
  void TearDown() override { ::unsetenv("XDG_CACHE_HOME"); }
  void put(const std::string& path, const std::string& text) { std::ofstream(path) << text; }
  void make_older(const std::string& path, std::chrono::hours age) {
    std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - age);
  }
  std::string record_of(const std::string& name) { return folder_.at("umountbench/apt/names/" + name); }

  TemporaryFolder folder_;
  // "whole" as a text, and its sum
  ArchiveFile file_{"a_1_amd64.deb", 5, "5d5766cf2d78701614200418ee1450690d9af12c84d52545e4802f001ad53099"};
};

TEST_F(Packages, are_taken_from_another_folder_and_are_then_there) {
  const PackageFiles cache = PackageFiles::open().value();
  EXPECT_FALSE(cache.has(file_));
  put(folder_.at("new/a_1_amd64.deb"), "whole");
  ASSERT_TRUE(cache.take(file_, folder_.at("new")).has_value());
  EXPECT_EQ(cache.path_of(file_), folder_.at("umountbench/packages/a_1_amd64.deb"));
  EXPECT_FALSE(std::filesystem::exists(folder_.at("new/a_1_amd64.deb")));
}

TEST_F(Packages, that_are_cut_short_or_changed_do_not_count) {
  const PackageFiles cache = PackageFiles::open().value();
  put(cache.path_of(file_), "whol");
  EXPECT_FALSE(cache.has(file_));
  put(cache.path_of(file_), "whole");
  EXPECT_TRUE(cache.has(file_));
  file_.sha256 = std::string(64, '0');
  EXPECT_FALSE(cache.has(file_));
  file_.sha256 = "";
  EXPECT_TRUE(cache.has(file_));
  put(folder_.at("new/a_1_amd64.deb"), "who");
  EXPECT_FALSE(cache.take(file_, folder_.at("new")).has_value());
}

TEST_F(Packages, behind_a_symbolic_link_do_not_count) {
  const PackageFiles cache = PackageFiles::open().value();
  put(folder_.at("elsewhere"), "whole");
  std::filesystem::create_symlink(folder_.at("elsewhere"), cache.path_of(file_));
  file_.sha256 = "";
  EXPECT_FALSE(cache.has(file_));
}

TEST_F(Packages, of_a_name_are_known_for_a_day_while_they_are_there) {
  const PackageFiles cache = PackageFiles::open().value();
  put(cache.path_of(file_), "whole");
  EXPECT_THAT(cache.recorded("6.1-rt", true), IsEmpty());
  ASSERT_TRUE(cache.record("6.1-rt", {file_}).has_value());
  EXPECT_THAT(cache.recorded("6.1-rt", false), ElementsAre(cache.path_of(file_)));
  make_older(record_of("6.1-rt"), std::chrono::hours(25));
  EXPECT_THAT(cache.recorded("6.1-rt", false), IsEmpty());
  EXPECT_THAT(cache.recorded("6.1-rt", true), ElementsAre(cache.path_of(file_)));
  make_older(record_of("6.1-rt"), std::chrono::hours(-25));
  EXPECT_THAT(cache.recorded("6.1-rt", false), IsEmpty()) << "from the future";
  put(cache.path_of(file_), "cut");
  EXPECT_THAT(cache.recorded("6.1-rt", true), IsEmpty());
}

TEST_F(Packages, are_not_known_by_a_record_that_makes_no_sense) {
  const PackageFiles cache = PackageFiles::open().value();
  put(folder_.at("umountbench/x"), "whole");
  for (const char* text : {"", "\n", "5", "5 ../x\n", "x y\n", "5 a b\n"}) {
    put(record_of("6.1"), text);
    EXPECT_THAT(cache.recorded("6.1", true), IsEmpty()) << text;
  }
}

TEST_F(Packages, that_were_fetched_today_are_given_without_asking_anybody) {
  const PackageFiles cache = PackageFiles::open().value();
  put(cache.path_of(file_), "whole");
  ASSERT_TRUE(cache.record("6.1-rt", {file_}).has_value());
  FetchOptions options;
  options.tell = [](const std::string& line) { ADD_FAILURE() << line; };
  EXPECT_THAT(fetch_kernel("debian:6.1-rt", options).value(), ElementsAre(cache.path_of(file_)));
}

TEST_F(Packages, that_are_not_there_are_unavailable_offline) {
  const auto paths = fetch_kernel("debian:6.1-rt", {.offline = true});
  ASSERT_FALSE(paths.has_value());
  EXPECT_EQ(paths.error().kind, ErrorKind::kUnavailable);
  EXPECT_EQ(paths.error().hint, "run 'umountbench vm fetch debian:6.1-rt'");
}

}  // namespace
}  // namespace umb
