// SPDX-License-Identifier: Apache-2.0
#include "render/escape.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(MarkdownText, leaves_ids_readable_and_markup_dead) {
  EXPECT_EQ(markdown_text("umount/fs=tmpfs: 12% slower (p50)"), "umount/fs=tmpfs: 12% slower (p50)");
  EXPECT_EQ(markdown_text("a|b"), "a&#124;b");
  EXPECT_EQ(markdown_text("<img src=x>"), "&#60;img src=x&#62;");
  EXPECT_EQ(markdown_text("**x** [y](z) `c`"), "&#42;&#42;x&#42;&#42; &#91;y&#93;(z) &#96;c&#96;");
  EXPECT_EQ(markdown_text("_x_ rcu_normal"), "&#95;x&#95; rcu_normal");
  EXPECT_EQ(markdown_text("\\|"), "&#92;&#124;");
  EXPECT_EQ(markdown_text("a\nb"), "a&#92;x0ab");
}

TEST(MarkdownText, mentions_nobody_and_links_nothing) {
  EXPECT_EQ(markdown_text("@torvalds #1"), "@&#8203;torvalds #&#8203;1");
  EXPECT_EQ(markdown_text("https://a.b"), "https&#58;//a.b");
}

TEST(XmlText, has_nothing_that_xml_1_0_forbids) {
  EXPECT_EQ(xml_text("<a b=\"c\">&"), "&lt;a b=&quot;c&quot;&gt;&amp;");
  EXPECT_EQ(xml_text(std::string_view("\x00\x1b\t\x0b", 4)), "\\x00\\x1b\\x09\\x0b");
  EXPECT_EQ(xml_text("\xef\xbf\xbe\xef\xbf\xbf\xff"), "\\xEF\\xBF\\xBE\\xEF\\xBF\\xBF\\xff");
  EXPECT_EQ(xml_text("caf\xc3\xa9"), "caf\xc3\xa9");
}

TEST(CsvCell, is_quoted_where_needed_and_never_a_formula) {
  EXPECT_EQ(csv_cell("umount/fs=tmpfs"), "umount/fs=tmpfs");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"x\""), "\"say \"\"x\"\"\"");
  for (const char* evil : {"=1+1", "+1", "-1", "@SUM(A1)"}) {
    EXPECT_EQ(csv_cell(evil), "\"'" + std::string(evil) + "\"");
  }
  EXPECT_EQ(csv_cell(" =1"), "\"' =1\"");
  EXPECT_EQ(csv_cell("\t=1"), "\\x09=1");
  EXPECT_EQ(csv_cell("a\r\nb"), "a\\x0d\\x0ab");
}

TEST(GithubCommand, ends_nowhere_early) {
  EXPECT_EQ(github_data("100%: a,b"), "100%25: a,b");
  EXPECT_EQ(github_property("100%: a,b"), "100%25%3A a%2Cb");
  EXPECT_EQ(github_data("a\n::error::b"), "a\\x0a::error::b");
}

TEST(AsciiText, has_no_other_letters) {
  EXPECT_EQ(ascii_text("caf\xc3\xa9\x1b"), "caf\\xC3\\xA9\\x1b");
}

TEST(ShellWord, is_one_word) {
  EXPECT_EQ(shell_word("quick"), "quick");
  EXPECT_EQ(shell_word("a; rm -rf b"), "'a; rm -rf b'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace umb
