// SPDX-License-Identifier: Apache-2.0
#include "render/outside_names.h"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

const std::string kId = "umount/fs=ext4/mode=lazy/method=syscall/rcu=normal";

/// The way back, for ids whose values have no dots.
std::string id_of(std::string name, NameStyle style) {
  std::replace(name.begin(), name.end(), style.slash, '/');
  std::string id;
  bool in_value = false;
  for (const char letter : name) {
    if (letter == '/') in_value = false;
    id += letter == style.equals && !in_value ? '=' : letter;
    if (letter == style.equals) in_value = true;
  }
  return id;
}

TEST(OutsideNames, write_an_id_as_the_format_wants_it) {
  EXPECT_EQ(outside_name(kId, kAsItIs), kId);
  EXPECT_EQ(outside_name(kId, kColons), "umount/fs:ext4/mode:lazy/method:syscall/rcu:normal");
  EXPECT_EQ(outside_name(kId, kFolders), "umount/fs-ext4/mode-lazy/method-syscall/rcu-normal");
  EXPECT_EQ(outside_name(kId, kDotted), "umount.fs-ext4.mode-lazy.method-syscall.rcu-normal");
}

TEST(OutsideNames, can_be_read_back) {
  for (const std::string id : {"umount/fs=ext4/mode=lazy/method=syscall/rcu=as-found", "loop/fs=none",
                               "command/name=a-b-c/mount_count=5000"}) {
    for (const NameStyle style : {kAsItIs, kColons, kFolders, kDotted}) {
      EXPECT_EQ(id_of(outside_name(id, style), style), id);
    }
  }
}

TEST(OutsideNames, hold_nothing_but_their_letters) {
  for (const std::string id :
       {"a/../../etc", "..", "", "/", "a b", "\x1b[31m", "a//b", "\xff", "#x", "a=.b./c=..", "fs=\n", "\xe6\xbc\xa2"}) {
    EXPECT_THAT(outside_name(id, kDotted), MatchesRegex("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) << id;
    EXPECT_THAT(outside_name(id, kAsItIs), MatchesRegex("[A-Za-z0-9_./=-]+")) << id;
  }
  EXPECT_LE(outside_name(std::string(100'000, 'x'), kDotted).size(), 220U);
}

TEST(OutsideNames, do_not_depend_on_what_stands_beside) {
  const std::vector<std::string> ids{
      "a/b=c.d", "a b", "a_b", "a\nb", std::string(300, 'x'), std::string(300, 'x') + "y"};
  const std::vector<std::string> names = outside_names(ids, kDotted);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), ids.size());
  for (size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(names[i], outside_name(ids[i], kDotted)) << ids[i];
}

TEST(OutsideNames, number_what_comes_twice) {
  EXPECT_THAT(outside_names(std::vector<std::string>{"a/x=1", "a/x=1", "a/x=1-2", "a/x=1"}, kDotted),
              ElementsAre("a.x-1", "a.x-1-2", "a.x-1-2-2", "a.x-1-3"));
}

TEST(OutsideNames, are_refused_where_two_ids_would_have_one) {
  const Result<void> refused = refuse_collisions({kId, "a/b=c.d", "a/b=c/d"}, kDotted);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(refused.error().what, HasSubstr("'a/b=c/d' and 'a/b=c.d'"));
  EXPECT_TRUE(refuse_collisions({kId, "a/b=c.d", "a/b=c/d"}, kColons).has_value());
  EXPECT_TRUE(refuse_collisions({kId, kId, "a b", "a_b"}, kDotted).has_value());
}

TEST(OutsideNames, tell_metrics_sides_and_results_apart) {
  TestCase one{.id = "umount/fs=tmpfs", .scenario = "umount", .of_key = "result", .of_value = "boots/a b.json"};
  EXPECT_EQ(full_id(one), "umount/fs=tmpfs/result=boots|a b.json");
  one.of_key = "side";
  one.of_value = "B";
  one.figures.metric = "released_ns";
  EXPECT_EQ(full_id(one), "umount/fs=tmpfs/metric=released_ns/side=B");
}

TEST(OutsideNames, of_two_files_do_not_depend_on_their_order) {
  const auto with_file = [](const std::string& file) {
    return TestCase{.id = "umount/fs=tmpfs", .scenario = "umount", .of_key = "result", .of_value = file};
  };
  const std::vector<TestCase> one{with_file("a b.json"), with_file("a_b.json"), with_file("a/b.json")};
  const std::vector<TestCase> other{one[2], one[1], one[0]};
  std::vector<std::string> names = outside_names(one, kDotted);
  EXPECT_EQ(names[1], "umount.fs-tmpfs.result-a_b.json");
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 3U);
  std::ranges::reverse(names);
  EXPECT_EQ(outside_names(other, kDotted), names);
}

}  // namespace
}  // namespace umb
