// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "plot/gnuplot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Figure named(const std::string& evil) {
  Figure figure;
  figure.kind = "distribution";
  figure.x_tick_width = 1'000;
  figure.title = figure.x_name = evil;
  figure.legend = {evil};
  figure.panels = {{.title = evil, .x = {0, 1, {{0.5, evil}}}, .y = {}, .curves = {{0, {{1, 2}}, {}}}}};
  return figure;
}

/// The rows of a data block.
std::string block(const std::string& tables, const std::string& name) {
  const std::string begin = "$" + name + " << EOD\n";
  const size_t from = tables.find(begin);
  if (from == std::string::npos) return "no block " + name;
  return tables.substr(from + begin.size(), tables.find("EOD\n", from + begin.size()) - from - begin.size());
}

std::string tables_of(const Figure& figure, PictureType type = PictureType::kSvg) {
  return figure_tables(figure, type);
}

TEST(PlotCell, is_one_quoted_line_without_escapes) {
  EXPECT_EQ(plot_cell("a \"b\"\n\tc\\d"), "\"a 'b'\\\\x0a\\\\x09c\\\\d\"");
  EXPECT_EQ(plot_cell(""), "\" \"");
}

TEST(PlotCell, has_nothing_that_xml_forbids_in_a_text) {
  EXPECT_EQ(plot_cell("a]]>b\xEF\xBF\xBF"), "\"a]] >b\xEF\xBF\xBD\"");
}

TEST(FigureTables, have_no_name_where_gnuplot_reads_commands) {
  const std::string tables = tables_of(named("'; system('touch x') #`touch y`\nEOD\nsystem('z')"));
  EXPECT_THAT(tables.substr(0, tables.find("$points")), Not(HasSubstr("touch")));
  for (const char* name : {"titles", "legend", "x_ticks"}) {
    const std::string rows = block(tables, name);
    EXPECT_THAT(rows, HasSubstr("touch")) << name;
    for (const std::string& row : split(trimmed(rows), '\n')) EXPECT_EQ(row.front(), '"') << name;
  }
}

TEST(FigureTables, have_no_format_in_the_name_of_a_tick) {
  EXPECT_EQ(block(tables_of(named("50 %s")), "x_ticks"), "\"50 %%s\"\n");
}

TEST(FigureTables, have_a_block_for_each_curve) {
  const std::string tables = tables_of(named("x"));
  EXPECT_EQ(block(tables, "points"), "1\t2\n\n\n");
  EXPECT_THAT(block(tables, "marks"), HasSubstr("NaN"));
}

TEST(FigureTables, tell_entries_of_a_legend_apart_by_what_is_at_their_ends) {
  const std::string kernel = "6.17.0-rc4-00013-gabcdef012345-dirty-branch-of-somebody-who-names-it-at-length";
  Figure figure = named("x");
  figure.legend = {kernel + ", rcu=default", kernel + ", rcu=expedited"};
  const std::string rows = block(tables_of(figure), "legend");
  EXPECT_THAT(rows, HasSubstr("rcu=default\"\n"));
  EXPECT_THAT(rows, HasSubstr("rcu=expedited\"\n"));
  EXPECT_THAT(tables_of(figure), HasSubstr("legend_columns = 1\n"));
}

TEST(FigureTables, make_room_for_the_longest_tick) {
  Figure figure = named("x");
  figure.panels[0].y.ticks = {{0, "6.12"}};
  const std::string little = tables_of(figure);
  figure.panels[0].y.ticks = {{0, "6.17.0-rc4-00013-gabcdef012345"}};
  const auto room = [](const std::string& tables) {
    return std::stod(tables.substr(tables.find("y_tick_room = ") + 14));
  };
  EXPECT_GT(room(tables_of(figure)), room(little) + 100);
}

TEST(FigureTables, of_a_png_have_no_letter_that_a_usual_font_lacks) {
  EXPECT_EQ(block(tables_of(named("a漢b"), PictureType::kPng), "legend"), "\"a\\\\u6f22b\"\n");
  EXPECT_EQ(block(tables_of(named("a漢b")), "legend"), "\"a漢b\"\n");
}

/// Takes what gnuplot would have been given.
struct FakeGnuplot {
  std::vector<std::string> arguments;
  std::string input;
  [[nodiscard]] Gnuplot gnuplot() {
    return {"/usr/bin/gnuplot",
            [](const std::string& name) -> Result<std::string> {
              return name == "distribution.gp" ? "# comment\nload 'panel.gp'\nplot\n" : "  set panel # " + name + "\n";
            },
            [this](const std::vector<std::string>& words, const std::string& text, int64_t) -> Result<std::string> {
              arguments = words;
              input = text;
              return "<svg/>";
            }};
  }
};

TEST(Draw, says_what_gnuplot_said) {
  FakeGnuplot fake;
  Gnuplot broken = fake.gnuplot();
  broken.run = [](const std::vector<std::string>&, const std::string&, int64_t) -> Result<std::string> {
    return fail("gnuplot failed", "line 1");
  };
  const Result<std::string> drawn = draw(broken, named("x"), PictureType::kSvg);
  ASSERT_FALSE(drawn.has_value());
  EXPECT_THAT(drawn.error().text(), HasSubstr("distribution"));
  EXPECT_THAT(drawn.error().text(), HasSubstr("line 1"));
}

TEST(Draw, hands_over_the_tables_and_the_script_with_what_it_loads_in_its_place) {
  FakeGnuplot fake;
  EXPECT_EQ(draw(fake.gnuplot(), named("x"), PictureType::kPng).value(), "<svg/>");
  EXPECT_THAT(fake.arguments, ElementsAre("/usr/bin/gnuplot", "-d"));
  EXPECT_THAT(fake.input, StartsWith("png = 1\n"));
  EXPECT_TRUE(fake.input.ends_with("EOD\n  set panel # panel.gp\nplot\n\n") ||
              fake.input.ends_with("EOD\n  set panel # panel.gp\n\nplot\n\n"))
      << fake.input;
}

TEST(Draw, does_not_run_what_may_not_be_read) {
  FakeGnuplot fake;
  Gnuplot gnuplot = fake.gnuplot();
  gnuplot.script = [](const std::string&) -> Result<std::string> { return fail("cannot use 'panel.gp'"); };
  EXPECT_FALSE(draw(gnuplot, named("x"), PictureType::kSvg).has_value());
  EXPECT_TRUE(fake.input.empty());
}

}  // namespace
}  // namespace umb
