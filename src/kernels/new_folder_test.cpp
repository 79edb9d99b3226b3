// SPDX-License-Identifier: Apache-2.0
#include "kernels/new_folder.h"

#include "base/file.h"
#include "testing/temporary_folder.h"

#include <cerrno>
#include <chrono>
#include <filesystem>

#include <gtest/gtest.h>

namespace umb {
namespace {

namespace fs = std::filesystem;

size_t entry_count(const TemporaryFolder& folder) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()));
}

TEST(NewFolder, has_its_name_only_when_it_is_complete) {
  const TemporaryFolder place;
  NewFolder folder = NewFolder::create(place.at("x")).value();
  for (const std::string name : {"a/b/one", "a/b/two", "a/three", "four", "a/b/five"}) {
    const UniqueFd fd = folder.add_file(name).value();
    ASSERT_TRUE(write_all(fd.get(), name, name).has_value());
  }
  EXPECT_FALSE(fs::exists(place.at("x")));
  ASSERT_TRUE(folder.commit().has_value());
  EXPECT_EQ(read_file(place.at("x/a/b/two"), 100).value(), "a/b/two");
  EXPECT_EQ(read_file(place.at("x/four"), 100).value(), "four");
  EXPECT_EQ(entry_count(place), 1U);
}

TEST(NewFolder, leaves_nothing_when_it_is_dropped) {
  const TemporaryFolder place;
  { ASSERT_TRUE(NewFolder::create(place.at("x")).value().add_file("a/b").has_value()); }
  EXPECT_EQ(entry_count(place), 0U);
}

TEST(NewFolder, refuses_a_second_file_of_the_same_name) {
  const TemporaryFolder place;
  NewFolder folder = NewFolder::create(place.at("x")).value();
  ASSERT_TRUE(folder.add_file("a/b").has_value());
  const auto second = folder.add_file("a/b");
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().errno_value, EEXIST);
  EXPECT_FALSE(folder.add_file("a/b/c").has_value()) << "a file is no folder";
}

TEST(NewFolder, yields_to_one_that_was_made_meanwhile) {
  const TemporaryFolder place;
  {
    NewFolder slow = NewFolder::create(place.at("x")).value();
    ASSERT_TRUE(slow.add_file("slow").has_value());
    NewFolder fast = NewFolder::create(place.at("x")).value();
    ASSERT_TRUE(fast.add_file("fast").has_value());
    ASSERT_TRUE(fast.commit().has_value());
    ASSERT_TRUE(slow.commit().has_value());
  }
  EXPECT_TRUE(fs::exists(place.at("x/fast")));
  EXPECT_FALSE(fs::exists(place.at("x/slow")));
  EXPECT_EQ(entry_count(place), 1U);
}

TEST(NewFolder, removes_what_a_killed_process_left_a_day_ago) {
  const TemporaryFolder place;
  fs::create_directories(place.at("y.tmp-old111/kernel"));
  fs::create_directories(place.at("y.tmp-new111/kernel"));
  fs::create_directories(place.at("z/kernel"));
  const auto days_ago = fs::file_time_type::clock::now() - std::chrono::hours(48);
  fs::last_write_time(place.at("y.tmp-old111"), days_ago);
  fs::last_write_time(place.at("z"), days_ago);
  ASSERT_TRUE(NewFolder::create(place.at("x")).has_value());
  EXPECT_FALSE(fs::exists(place.at("y.tmp-old111")));
  EXPECT_TRUE(fs::exists(place.at("y.tmp-new111")));
  EXPECT_TRUE(fs::exists(place.at("z")));
}

}  // namespace
}  // namespace umb
