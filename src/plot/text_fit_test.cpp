// SPDX-License-Identifier: Apache-2.0
#include "plot/text_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Fitted, leaves_what_fits_as_it_is) {
  EXPECT_EQ(fitted("6.12.1, rcu=normal", 300), "6.12.1, rcu=normal");
  EXPECT_EQ(fitted("", 300), "");
}

TEST(Fitted, cuts_in_the_middle_so_that_both_ends_stay) {
  const std::string text = fitted("6.17.0-rc4-00013-gabcdef012345-with-a-branch-of-mine, rcu=normal", 250);
  EXPECT_THAT(text, StartsWith("6.17.0-rc4"));
  EXPECT_THAT(text, HasSubstr("…"));
  EXPECT_THAT(text, EndsWith("rcu=normal"));
  EXPECT_LE(text_width(text), 250);
}

TEST(Fitted, lets_different_texts_stay_different_wherever_they_differ) {
  const std::string same(60, 'x');
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {"a" + same, "b" + same}, {same + "a", same + "b"}, {same + "a" + same, same + "b" + same}}) {
    const std::vector<std::string> short_ones = fitted({one, other, one}, 150);
    EXPECT_NE(short_ones[0], short_ones[1]);
    EXPECT_EQ(short_ones[0], short_ones[2]);
    for (const std::string& text : short_ones) EXPECT_LE(text_width(text), 150) << text;
  }
}

TEST(Fitted, cuts_between_letters_and_has_one_line) {
  EXPECT_EQ(fitted("漢漢漢漢漢漢", 64), "漢漢…漢");
  EXPECT_EQ(fitted("a\nb", 300), "a\\x0ab");
}

TEST(UsualGlyphs, write_other_letters_by_their_number) {
  EXPECT_EQ(with_usual_glyphs("a漢b 20 µs – é…\U0001F600"), "a\\u6f22b 20 µs – é…\\U0001f600");
}

}  // namespace
}  // namespace umb
