// SPDX-License-Identifier: Apache-2.0
#include "render/figures.h"

#include "render/text_table.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;

TEST(Figures, have_three_significant_digits_and_all_before_the_point) {
  EXPECT_EQ(three_digits(0.0412), "0.0412");
  EXPECT_EQ(three_digits(0.04126), "0.0413");
  EXPECT_EQ(three_digits(15.94), "15.9");
  EXPECT_EQ(three_digits(9.996), "10.0");
  EXPECT_EQ(three_digits(0.9999), "1.00");
  EXPECT_EQ(three_digits(159), "159");
  EXPECT_EQ(three_digits(12345.6), "12346");
  EXPECT_EQ(three_digits(0), "0");
  EXPECT_EQ(three_digits(-15.94), "-15.9");
  EXPECT_EQ(three_digits(1e-30), "0");
}

TEST(Figures, of_nothing_are_a_dash) {
  EXPECT_EQ(three_digits({}), "-");
  EXPECT_EQ(three_digits(std::numeric_limits<double>::quiet_NaN()), "-");
  EXPECT_EQ(mean_figure({}), "-");
  EXPECT_EQ(time_figure({}, time_unit(1)), "-");
}

TEST(Figures, of_times_share_the_unit_of_the_largest_median) {
  EXPECT_STREQ(time_unit(999'999).name, "us");
  EXPECT_STREQ(time_unit(1'000'000).name, "ms");
  EXPECT_EQ(time_figure(41'200, time_unit(15'900'000)), "0.0412");
  EXPECT_EQ(time_figure(41'200, time_unit(60'000)), "41.2");
}

TEST(Figures, of_means_have_two_decimals_below_100) {
  EXPECT_EQ(mean_figure(0.0349), "0.03");
  EXPECT_EQ(mean_figure(9.12), "9.12");
  EXPECT_EQ(mean_figure(131.4), "131");
}

TEST(Sparkline, is_high_for_many_and_shows_a_single_one) {
  const Histogram histogram{.low = 1, .high = 2, .bins = {0, 1, 500'000, 1'000'000}};
  EXPECT_EQ(sparkline(histogram, true), " ▁▄▇");
  EXPECT_EQ(sparkline(histogram, false), " .=#");
  EXPECT_EQ(sparkline({}, true), "");
}

TEST(TextTable, lines_up_decimal_points) {
  TextTable table({{"name", Align::kLeft}, {"n"}, {"p50", Align::kPoint}});
  table.add({"a", "7", "0.0412"});
  table.add({"long", "12345", "15.9"});
  table.add({"", "", "-"});
  EXPECT_THAT(table.lines(), ElementsAre("name      n      p50",  //
                                         "a         7   0.0412",  //
                                         "long  12345  15.9",     //
                                         "              -"));
}

TEST(TextTable, counts_letters_not_bytes) {
  TextTable table({{"x", Align::kLeft}, {"y", Align::kLeft}});
  table.add({"▁▂▃", "1"});
  table.add({"abc", "2"});
  EXPECT_THAT(table.lines(), ElementsAre("x    y", "▁▂▃  1", "abc  2"));
}

TEST(Wrapped, breaks_at_spaces_and_indents_below_the_text) {
  EXPECT_THAT(wrapped("- ", "one two three", 9), ElementsAre("- one two", "  three"));
  EXPECT_THAT(wrapped("- ", "unbreakable word", 4), ElementsAre("- unbreakable", "  word"));
  EXPECT_THAT(wrapped("- ", "one two three", 0), ElementsAre("- one two three"));
  EXPECT_THAT(wrapped("- ", "", 10), ElementsAre("- "));
}

}  // namespace
}  // namespace umb
