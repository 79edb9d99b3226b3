// SPDX-License-Identifier: Apache-2.0
#include "sys/remove_tree.h"

#include "testing/fake_tree.h"

#include <filesystem>

#include <gtest/gtest.h>

namespace umb {
namespace {

namespace fs = std::filesystem;

TEST(RemoveTree, removes_a_folder_with_all_in_it) {
  const FakeTree tree{{"gone/a/b/c/file", "x"}, {"gone/file", "y"}, fake_folder("gone/empty"), {"stays", "z"}};
  ASSERT_TRUE(remove_tree(tree.path() + "/gone").has_value());
  EXPECT_FALSE(fs::exists(tree.path() + "/gone"));
  EXPECT_TRUE(fs::exists(tree.path() + "/stays"));
}

TEST(RemoveTree, removes_links_and_nothing_behind_them) {
  const FakeTree tree{
      {"kept/file", "x"}, fake_link("gone/to_folder", "../kept"), fake_link("gone/to_file", "../kept/file")};
  ASSERT_TRUE(remove_tree(tree.path() + "/gone").has_value());
  EXPECT_TRUE(fs::exists(tree.path() + "/kept/file"));
}

TEST(RemoveTree, refuses_a_link_in_the_folder_s_place) {
  const FakeTree tree{{"kept/file", "x"}, fake_link("link", "kept")};
  EXPECT_FALSE(remove_tree(tree.path() + "/link").has_value());
  EXPECT_TRUE(fs::exists(tree.path() + "/kept/file"));
}

TEST(RemoveTree, is_content_with_a_folder_that_is_gone) {
  const FakeTree tree{fake_folder("other")};
  EXPECT_TRUE(remove_tree(tree.path() + "/gone").has_value());
}

}  // namespace
}  // namespace umb
