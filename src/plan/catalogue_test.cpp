// SPDX-License-Identifier: Apache-2.0
#include "plan/catalogue.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A tree of empty files under a folder that only we can write to.
class Catalogue : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "umountbench-catalogue-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string file(const std::string& path) const {
    const fs::path full = fs::path(root_) / path;
    fs::create_directories(full.parent_path());
    std::ofstream(full).flush();
    return full;
  }
  [[nodiscard]] std::string at(const std::string& path) const { return root_ + "/" + path; }

 private:
  std::string root_;
};

TEST_F(Catalogue, finds_the_installed_default_when_nothing_is_asked_for) {
  const std::string program = file("usr/sbin/umountbench");
  const std::string config = file("usr/share/umountbench/configs/default.json");
  EXPECT_EQ(find_config(std::nullopt, program).value(), config);
}

TEST_F(Catalogue, finds_a_bare_word_in_the_source_tree_of_a_build) {
  const std::string program = file("tree/build/release/src/umountbench");
  file("tree/src/CMakeLists.txt");
  file("tree/configs/default.json");
  const std::string quick = file("tree/configs/quick.json");
  EXPECT_EQ(find_config("quick", program).value(), quick);
}

TEST_F(Catalogue, prefers_the_installed_folder_but_looks_into_both) {
  const std::string program = file("tree/build/umountbench");
  file("tree/src/CMakeLists.txt");
  file("tree/configs/default.json");
  file("tree/configs/quick.json");
  file("tree/share/umountbench/configs/default.json");
  EXPECT_THAT(config_folders(program), ElementsAre(at("tree/share/umountbench/configs"), at("tree/configs")));
  EXPECT_EQ(find_config(std::nullopt, program).value(), at("tree/share/umountbench/configs/default.json"));
  EXPECT_EQ(find_config("quick", program).value(), at("tree/configs/quick.json"));
}

TEST_F(Catalogue, does_not_take_any_configs_folder_for_a_source_tree) {
  const std::string program = file("tree/build/umountbench");
  file("tree/configs/default.json");
  EXPECT_THAT(config_folders(program), IsEmpty());
  EXPECT_FALSE(find_config(std::nullopt, program).has_value());
}

TEST_F(Catalogue, never_looks_into_the_current_folder) {
  const std::string program = file("usr/sbin/umountbench");
  file("here/configs/default.json");
  file("here/src/CMakeLists.txt");
  const fs::path before = fs::current_path();
  fs::current_path(at("here"));
  const auto config = find_config(std::nullopt, program);
  fs::current_path(before);
  EXPECT_FALSE(config.has_value());
}

TEST_F(Catalogue, takes_a_path_as_it_is) {
  const std::string program = file("usr/sbin/umountbench");
  EXPECT_EQ(find_config("mine.json", program).value(), "mine.json");
  EXPECT_EQ(find_config("./mine", program).value(), "./mine");
}

TEST_F(Catalogue, names_the_nearest_config_of_an_unknown_one) {
  const std::string program = file("usr/sbin/umountbench");
  file("usr/share/umountbench/configs/default.json");
  file("usr/share/umountbench/configs/quick.json");
  file("usr/share/umountbench/configs/notes.txt");
  const auto config = find_config("quik", program);
  ASSERT_FALSE(config.has_value());
  EXPECT_EQ(config.error().text(), "no config 'quik'");
  EXPECT_THAT(config.error().hint, HasSubstr("did you mean 'quick'?"));
  EXPECT_EQ(config.error().kind, ErrorKind::kUsage);
  EXPECT_FALSE(find_config("notes", program).has_value());
  EXPECT_FALSE(find_config("", program).has_value());
}

TEST_F(Catalogue, trusts_nothing_that_others_can_write_to) {
  const std::string program = file("usr/sbin/umountbench");
  const std::string config = file("usr/share/umountbench/configs/default.json");
  ASSERT_EQ(::chmod(config.c_str(), 0666), 0);
  EXPECT_FALSE(find_config(std::nullopt, program).has_value());
  ASSERT_EQ(::chmod(config.c_str(), 0644), 0);
  ASSERT_EQ(::chmod(at("usr/share/umountbench/configs").c_str(), 0777), 0);
  EXPECT_FALSE(find_config(std::nullopt, program).has_value());
}

TEST_F(Catalogue, trusts_nothing_of_a_third_user_s) {
  if (::geteuid() != 0) GTEST_SKIP() << "giving a file to another user needs root";
  const std::string program = file("usr/sbin/umountbench");
  const std::string config = file("usr/share/umountbench/configs/default.json");
  ASSERT_EQ(::chown(config.c_str(), 65534, 65534), 0);
  EXPECT_FALSE(find_config(std::nullopt, program).has_value());
  ASSERT_EQ(::chown(program.c_str(), 65534, 65534), 0);
  EXPECT_TRUE(find_config(std::nullopt, program).has_value()) << "it is the program's owner's";
}

TEST_F(Catalogue, trusts_a_user_s_source_tree_that_root_has_built_in) {
  if (::geteuid() != 0) GTEST_SKIP() << "giving a file to another user needs root";
  const std::string program = file("tree/build/umountbench");
  for (const char* path : {"tree/src/CMakeLists.txt", "tree/configs/default.json"}) {
    ASSERT_EQ(::chown(file(path).c_str(), 65534, 65534), 0);
  }
  ASSERT_EQ(::chown(at("tree/configs").c_str(), 65534, 65534), 0);
  EXPECT_FALSE(find_config(std::nullopt, program).has_value()) << "planted in a folder of root's";
  ASSERT_EQ(::chown(at("tree").c_str(), 65534, 65534), 0);
  EXPECT_TRUE(find_config(std::nullopt, program).has_value());
}

}  // namespace
}  // namespace umb
