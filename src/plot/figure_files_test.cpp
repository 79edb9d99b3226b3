// SPDX-License-Identifier: Apache-2.0
#include "plot/gnuplot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Figure named(const std::string& evil) {
  Figure figure;
  figure.kind = "distribution";
  figure.title = figure.x_name = evil;
  figure.legend = {evil};
  figure.panels = {{.title = evil, .x = {0, 1, {{0.5, evil}}}, .y = {}, .curves = {{0, {{1, 2}}, {}}}}};
  return figure;
}

TEST(PlotCell, is_one_quoted_line_without_escapes) {
  EXPECT_EQ(plot_cell("a \"b\"\n\tc\\d", 40), "\"a 'b'\\\\x0a\\\\x09c\\\\d\"");
  EXPECT_EQ(plot_cell("", 40), "\" \"");
}

TEST(PlotCell, has_nothing_that_xml_forbids_in_a_text) {
  EXPECT_EQ(plot_cell("a]]>b\xEF\xBF\xBF", 40), "\"a]] >b\xEF\xBF\xBD\"");
}

TEST(PlotCell, is_cut_between_letters) {
  EXPECT_EQ(plot_cell("µµµµ", 3), "\"µµµ…\"");
  EXPECT_EQ(plot_cell("µµµ", 3), "\"µµµ\"");
}

TEST(FigureFiles, have_no_name_where_gnuplot_reads_commands) {
  const FigureFiles files = figure_files(named("'; system('touch x') #`touch y`"));
  EXPECT_THAT(files.layout, Not(HasSubstr("touch")));
  for (const std::string* table : {&files.titles, &files.legend, &files.x_ticks}) {
    EXPECT_THAT(*table, HasSubstr("touch"));
    EXPECT_EQ(table->front(), '"');
  }
}

TEST(FigureFiles, have_no_format_in_the_name_of_a_tick) {
  EXPECT_EQ(figure_files(named("50 %s")).x_ticks, "\"50 %%s\"\n");
}

TEST(FigureFiles, have_a_block_for_each_curve) {
  const FigureFiles files = figure_files(named("x"));
  EXPECT_EQ(files.points, "1\t2\n\n\n");
  EXPECT_THAT(files.marks, HasSubstr("NaN"));
}

TEST(Draw, says_what_gnuplot_said) {
  const Gnuplot broken{"/usr/bin/gnuplot", "/plots", [](const std::vector<std::string>&, int64_t) -> Result<void> {
                         return fail("gnuplot failed", "line 1");
                       }};
  const Result<std::string> drawn = draw(broken, named("x"), PictureType::kSvg);
  ASSERT_FALSE(drawn.has_value());
  EXPECT_THAT(drawn.error().text(), HasSubstr("distribution"));
  EXPECT_THAT(drawn.error().text(), HasSubstr("line 1"));
}

TEST(Draw, hands_over_paths_with_quotes_as_they_are) {
  std::vector<std::string> asked;
  const Gnuplot fake{"/usr/bin/gnuplot", "/o'brien/plots",
                     [&](const std::vector<std::string>& arguments, int64_t) -> Result<void> {
                       asked = arguments;
                       return {};
                     }};
  EXPECT_FALSE(draw(fake, named("x"), PictureType::kPng).has_value()) << "nothing was drawn";
  ASSERT_EQ(asked.size(), 5U);
  EXPECT_EQ(asked[1], "-d");
  EXPECT_THAT(asked[3], HasSubstr("plots = '/o''brien/plots'; data = '/tmp/umountbench-plot-"));
  EXPECT_THAT(asked[3], HasSubstr("png = 1"));
  EXPECT_EQ(asked[4], "/o'brien/plots/distribution.gp");
}

}  // namespace
}  // namespace umb
