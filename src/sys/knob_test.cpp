// SPDX-License-Identifier: Apache-2.0
#include "sys/knob.h"

#include "testing/fake_tree.h"

#include <filesystem>

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(Knob, is_read_without_white_space_and_written_as_a_line) {
  const FakeTree tree{{"knob", " 1 2\n\n"}};
  const std::string path = tree.path() + "/knob";
  EXPECT_EQ(read_knob(path).value(), "1 2");
  ASSERT_TRUE(write_knob(path, "0").has_value());
  EXPECT_EQ(read_knob(path).value(), "0");
  EXPECT_EQ(std::filesystem::file_size(path), 2U);
}

TEST(Knob, that_is_missing_is_the_machine_s_lack_and_is_not_made) {
  const FakeTree tree{fake_folder("empty")};
  const std::string path = tree.path() + "/knob";
  for (const Error& error : {read_knob(path).error(), write_knob(path, "1").error()}) {
    EXPECT_EQ(error.kind, ErrorKind::kUnavailable);
    EXPECT_EQ(error.errno_value, ENOENT);
    EXPECT_FALSE(error.hint.empty());
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Knob, is_never_reached_through_a_symbolic_link) {
  const FakeTree tree{{"target", "1\n"}, fake_link("knob", "target")};
  EXPECT_EQ(read_knob(tree.path() + "/knob").error().errno_value, ELOOP);
  EXPECT_EQ(write_knob(tree.path() + "/knob", "0").error().errno_value, ELOOP);
  EXPECT_EQ(read_knob(tree.path() + "/target").value(), "1");
}

TEST(Knob, holds_at_most_4096_bytes) {
  const FakeTree tree{{"full", std::string(4096, 'x')}, {"over", std::string(4097, 'x')}};
  EXPECT_EQ(read_knob(tree.path() + "/full").value().size(), 4096U);
  EXPECT_FALSE(read_knob(tree.path() + "/over").has_value());
}

TEST(Knob, that_the_kernel_refuses_a_value_for_says_so) {
  const FakeTree tree{fake_folder("folder")};
  EXPECT_EQ(write_knob(tree.path() + "/folder", "1").error().errno_value, EISDIR);
  EXPECT_FALSE(write_knob("/proc/self/oom_score_adj", "many").has_value());
}

}  // namespace
}  // namespace umb
