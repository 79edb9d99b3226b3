// SPDX-License-Identifier: Apache-2.0
#include "render/html.h"

#include "compare/summary.h"
#include "render/html_page.h"
#include "testing/comparison_builder.h"
#include "testing/record_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr size_t kLimit = 3'000'000;

Pictures two_pictures() {
  return {.all = {{"distribution", "Distribution", {"How to read <it>."}, "<svg id=\"distribution-a\"></svg>"},
                  {"drift", "Drift", {}, "<svg id=\"drift-a\"></svg>"}},
          .missing = {},
          .not_drawn = {}};
}

std::string page_of(const Comparison& comparison, const Pictures& pictures) {
  RenderOptions options;
  options.pictures = &pictures;
  return html_comparison({comparison}, options);
}

/// Where the text is; fails when it is not there.
size_t place(const std::string& page, const std::string& text) {
  EXPECT_THAT(page, HasSubstr(text));
  return page.find(text);
}

TEST(Html, has_the_verdict_then_tables_plots_environment_and_how_to_do_it_again) {
  const std::string page = page_of(one_slower(), two_pictures());
  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>"));
  const std::vector<std::string> order{"<h1>", "<table", "<h2>Plots", "<h2>Environment", "<h2>How to do it again"};
  for (size_t i = 1; i < order.size(); ++i) EXPECT_LT(place(page, order[i - 1]), place(page, order[i])) << order[i];
}

TEST(Html, needs_no_network_and_no_script) {
  const std::string page = page_of(mixed_verdicts(), two_pictures());
  for (const char* loads : {"<script", "http://", "https://", "src=", "@import", "url(", "<link"}) {
    EXPECT_THAT(page, Not(HasSubstr(loads)));
  }
}

TEST(Html, has_its_tables_and_pictures_without_styles_too) {
  const std::string page = page_of(one_slower(), two_pictures());
  EXPECT_THAT(page, HasSubstr("<table border=\"1\""));
  EXPECT_THAT(page, HasSubstr("align=\"right\""));
  EXPECT_THAT(page, Not(HasSubstr(" style=\"")));
  EXPECT_THAT(page, HasSubstr("<svg id=\"drift-a\"></svg>"));
  EXPECT_THAT(page, HasSubstr("How to read &lt;it&gt;."));
}

TEST(Html, says_why_there_are_no_pictures) {
  const std::string page = page_of(one_slower(), {{}, "gnuplot is not installed (apt-get install gnuplot-nox)", {}});
  EXPECT_THAT(page, HasSubstr("No pictures: gnuplot is not installed (apt-get install gnuplot-nox)."));
}

TEST(Html, says_which_picture_is_missing_beside_the_others) {
  Pictures pictures = two_pictures();
  pictures.not_drawn = {"matrix: gnuplot failed"};
  const std::string page = page_of(one_slower(), pictures);
  EXPECT_THAT(page, HasSubstr("Not drawn: matrix: gnuplot failed."));
  EXPECT_THAT(page, HasSubstr("id=\"plot-drift\""));
  EXPECT_THAT(page, Not(HasSubstr("No pictures")));
}

TEST(Html, without_pictures_asked_for_does_not_speak_of_them) {
  EXPECT_THAT(html_comparison({one_slower()}, {}), Not(HasSubstr("Plots")));
}

TEST(Html, lets_no_name_become_markup) {
  const std::string page = page_of(hostile("<img src=x onerror='a'>\"&"), {});
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, HasSubstr("&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;"));
}

TEST(Html, stays_under_three_megabytes_with_its_pictures_and_says_what_is_left_out) {
  Pictures large;
  for (const char* kind : {"distribution", "drift"}) {
    large.all.push_back({kind, "", {}, "<svg>" + std::string(200'000, ' ') + "</svg>"});
  }
  const std::string page = page_of(enormous(30'000), large);
  EXPECT_LT(page.size(), kLimit);
  EXPECT_THAT(page, HasSubstr("left out to stay under 3 MB"));
  EXPECT_THAT(page, HasSubstr("id=\"plot-drift\""));
  EXPECT_TRUE(page.ends_with("</html>\n"));
}

/// A run as a page shows it.
struct ShownRun {
  RunRecord record;
  std::vector<CaseSummary> summaries = summarise_all(record);
  [[nodiscard]] RunView view() const { return {record, summaries, "results/a b.json"}; }
};

size_t count_of(const std::string& page, const std::string& what) {
  size_t count = 0;
  for (size_t at = page.find(what); at != std::string::npos; at = page.find(what, at + 1)) ++count;
  return count;
}

TEST(HtmlRun, of_very_many_small_results_stays_under_three_megabytes_without_empty_folds) {
  const ShownRun run{made_run({made_case("umount/fs=tmpfs", even_samples(20, 10'000, 90'000, 1))})};
  const std::vector<RunView> views(6'000, run.view());
  const std::string page = html_run(views, {});
  EXPECT_LT(page.size(), kLimit);
  EXPECT_THAT(page, Not(HasSubstr("</summary>\n</details>")));
  for (const char* element : {"details", "ul", "table", "tbody"}) {
    const std::string name = element;
    EXPECT_EQ(count_of(page, "<" + name + ">") + count_of(page, "<" + name + " "), count_of(page, "</" + name + ">"))
        << name;
  }
  EXPECT_THAT(page, HasSubstr("left out to stay under 3 MB"));
}

TEST(HtmlRun, says_where_a_config_is_that_is_too_long_for_it) {
  ShownRun run{made_run({made_case("umount/fs=tmpfs", even_samples(20, 10'000, 90'000, 1))})};
  const RunView view = run.view();
  run.record.run.config_json = "{\"short\":1}";
  EXPECT_THAT(html_run({&view, 1}, {}), HasSubstr("<summary>config.json</summary>"));
  run.record.run.config_json = "{\"long\":\"" + std::string(60'000, 'x') + "\"}";
  const std::string page = html_run({&view, 1}, {});
  EXPECT_THAT(page, HasSubstr("run.config in the result"));
  EXPECT_THAT(page, HasSubstr("jq .run.config"));
  EXPECT_THAT(page, HasSubstr("results/a b.json"));
  EXPECT_THAT(page, Not(HasSubstr("<details><summary>config.json")));
}

TEST(HtmlRun, marks_a_case_that_failed_where_its_figures_are) {
  ShownRun run{made_run({made_case("umount/fs=tmpfs", even_samples(20, 10'000, 90'000, 1))})};
  run.record.cases[0].outcome = "failed";
  const RunView view = run.view();
  EXPECT_THAT(html_run({&view, 1}, {}), HasSubstr("fs=tmpfs (failed)</code></td><td"));
}

}  // namespace
}  // namespace umb
