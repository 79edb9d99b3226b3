// SPDX-License-Identifier: Apache-2.0
#include "plan/case_filter.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(CaseFilter, is_searched_for_anywhere_in_the_id) {
  const CaseFilter filter = CaseFilter::compile("fs=(tmpfs|ext4)/mode=lazy").value();
  EXPECT_TRUE(filter.matches("umount/fs=tmpfs/mode=lazy/method=syscall/rcu=normal"));
  EXPECT_FALSE(filter.matches("umount/fs=bind/mode=lazy/method=syscall/rcu=normal"));
  EXPECT_FALSE(CaseFilter::compile("^fs").value().matches("umount/fs=tmpfs"));
  EXPECT_TRUE(CaseFilter::compile("").value().matches("umount"));
}

TEST(CaseFilter, refuses_what_is_no_regular_expression) {
  for (const char* wrong : {"(", "[", "*", "a)", "\\", "[z-a]", "(a)\\1"}) {
    const auto filter = CaseFilter::compile(wrong);
    ASSERT_FALSE(filter.has_value()) << wrong;
    EXPECT_EQ(filter.error().kind, ErrorKind::kUsage);
    EXPECT_NE(filter.error().what.find("is not a regular expression"), std::string::npos) << filter.error().what;
    EXPECT_FALSE(filter.error().hint.empty());
  }
}

TEST(CaseFilter, can_say_all_but) {
  const CaseFilter filter = CaseFilter::compile("^(?!.*(bind|exec))").value();
  EXPECT_TRUE(filter.matches("umount/fs=tmpfs/mode=lazy"));
  EXPECT_FALSE(filter.matches("umount/fs=bind/mode=lazy"));
}

TEST(CaseFilter, refuses_what_would_take_any_amount_of_memory_or_time) {
  std::string nested = "Z";
  for (int i = 0; i < 8; ++i) nested = "(?=.*" + nested + ")";
  for (const std::string& wrong :
       {std::string(1001, 'a'), std::string("((a?){300}){300}"), std::string(33, '*'), nested}) {
    const auto filter = CaseFilter::compile(wrong);
    ASSERT_FALSE(filter.has_value()) << wrong;
    EXPECT_EQ(filter.error().kind, ErrorKind::kUsage);
    EXPECT_FALSE(filter.error().hint.empty());
  }
}

TEST(CaseFilter, survives_deep_and_ambiguous_expressions) {
  const std::string id = "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=normal/files=100000/dirty_bytes=1073741824";
  EXPECT_TRUE(CaseFilter::compile(std::string(499, '(') + "u" + std::string(499, ')')).value().matches(id));
  EXPECT_FALSE(CaseFilter::compile(std::string(1000, 'a')).value().matches(id));
  std::string optional;
  std::string starred = "Z";
  for (int i = 0; i < 30; ++i) {
    optional += ".?";
    starred = "(" + starred + ")*";
  }
  for (const std::string& hard : {optional + "Z", starred + "Q", std::string("((.*)*)*Z"), std::string("(.*.*.*.*)*Z"),
                                  "(?=" + optional + "Z)"}) {
    EXPECT_FALSE(CaseFilter::compile(hard).value().matches(id)) << hard;
  }
}

}  // namespace
}  // namespace umb
