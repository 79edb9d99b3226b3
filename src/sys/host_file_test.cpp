// SPDX-License-Identifier: Apache-2.0
#include "sys/host_file.h"

#include "testing/fake_tree.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace umb {
namespace {

using testing::ElementsAre;

TEST(HostFile, a_missing_file_is_unknown_and_an_empty_one_is_empty) {
  const FakeTree tree{{"sys/isolated", "\n"}};
  const HostRoot root{tree.path()};
  EXPECT_EQ(host_text(root, "/sys/isolated"), "");
  EXPECT_EQ(host_text(root, "/sys/nohz_full"), std::nullopt);
  EXPECT_EQ(host_number(root, "/sys/nohz_full"), std::nullopt);
  EXPECT_EQ(host_flag(root, "/sys/nohz_full"), std::nullopt);
}

TEST(HostFile, a_number_is_the_whole_file_or_unknown) {
  const FakeTree tree{{"one", "1\n"}, {"minus", "-1\n"}, {"word", "1 of 2\n"}, {"none", "(null)\n"}};
  const HostRoot root{tree.path()};
  EXPECT_EQ(host_number(root, "/one"), 1);
  EXPECT_EQ(host_number(root, "/minus"), -1);
  EXPECT_EQ(host_number(root, "/word"), std::nullopt);
  EXPECT_EQ(host_number(root, "/none"), std::nullopt);
  EXPECT_EQ(host_flag(root, "/one"), true);
}

TEST(HostFile, more_than_the_limit_is_unknown_and_never_cut) {
  const FakeTree tree{{"long", std::string(1001, 'x')}};
  const HostRoot root{tree.path()};
  EXPECT_EQ(read_host_file(root, "/long", 1000), std::nullopt);
  EXPECT_EQ(read_host_file(root, "/long", 1001).value().size(), 1001U);
  EXPECT_EQ(read_host_start(root, "/long", 1000).value().size(), 1000U);
}

TEST(HostFile, neither_links_nor_folders_nor_pipes_are_read) {
  const FakeTree tree{{"secret", "x"}, fake_link("link", "secret"), fake_folder("folder")};
  const HostRoot root{tree.path()};
  ASSERT_EQ(::mkfifo((tree.path() + "/pipe").c_str(), 0600), 0);
  EXPECT_EQ(host_text(root, "/link"), std::nullopt);
  EXPECT_EQ(host_text(root, "/folder"), std::nullopt);
  EXPECT_EQ(host_text(root, "/pipe"), std::nullopt);
  EXPECT_EQ(host_link(root, "/link"), "secret");
}

TEST(HostFile, lines_arrive_whole_however_long_the_file_is) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "line " + std::to_string(i) + "\n";
  const FakeTree tree{{"table", text + "last"}};
  const HostRoot root{tree.path()};
  std::string again;
  ASSERT_TRUE(
      for_each_host_line(root, "/table", 1 << 20, [&](std::string_view line) { again.append(line).append("\n"); }));
  EXPECT_EQ(again, text + "last\n");
  EXPECT_FALSE(for_each_host_line(root, "/table", 1000, [](std::string_view) {}));
  EXPECT_FALSE(for_each_host_line(root, "/missing", 1000, [](std::string_view) {}));
}

TEST(HostFile, names_are_sorted_and_bounded) {
  const FakeTree tree{{"d/b", ""}, {"d/a", ""}, {"d/c", ""}};
  const HostRoot root{tree.path()};
  EXPECT_THAT(host_names(root, "/d"), ElementsAre("a", "b", "c"));
  EXPECT_EQ(host_names(root, "/d", 2).size(), 2U);
  EXPECT_TRUE(host_names(root, "/none").empty());
}

TEST(HostRoot, is_this_machine_only_without_a_prefix) {
  EXPECT_TRUE(HostRoot{}.is_this_machine());
  EXPECT_EQ(HostRoot{}.at("/proc/stat"), "/proc/stat");
  EXPECT_FALSE(HostRoot{"/tmp/x"}.is_this_machine());
  EXPECT_EQ(HostRoot{"/tmp/x/"}.at("/proc/stat"), "/tmp/x/proc/stat");
}

}  // namespace
}  // namespace umb
