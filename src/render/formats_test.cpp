// SPDX-License-Identifier: Apache-2.0
#include "render/formats.h"

#include "testing/comparison_builder.h"
#include "testing/record_builder.h"

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Formats, are_found_by_name) {
  ASSERT_NE(find_format("terminal"), nullptr);
  EXPECT_EQ(find_format("Terminal"), nullptr);
  for (const Format& format : formats()) EXPECT_EQ(find_format(format.name), &format);
}

TEST(Formats, all_show_comparisons_all_but_github_runs_and_those_for_people_explanations) {
  EXPECT_EQ(format_names(Subject::kComparison).size(), formats().size());
  EXPECT_EQ(format_names(Subject::kRun).size(), formats().size() - 1);
  EXPECT_THAT(format_names(Subject::kRun), Not(Contains("github")));
  EXPECT_THAT(format_names(Subject::kExplanation), ElementsAre("terminal", "markdown", "html"));
}

TEST(Formats, are_told_to_users_with_what_they_exist_for) {
  std::ifstream file(UMOUNTBENCH_SOURCE_DIR "/docs/formats.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const Format& format : formats()) {
    const std::string name = format.name;
    const std::string run = format.run != nullptr ? "yes" : "no";
    const std::string explanation = format.explanation != nullptr ? "yes" : "no";
    EXPECT_THAT(page, HasSubstr("| `" + name + "` | " + run + " | yes | " + explanation + " | "));
    EXPECT_THAT(page, HasSubstr("\n## " + name + "\n"));
  }
}

TEST(Formats, tell_the_verdict_in_words) {
  const Comparison comparison = one_slower();
  // Their readers take figures and results of cases alone.
  const std::set<std::string> of_figures{"csv",     "lava",      "lkp",   "github-action-benchmark",
                                         "bencher", "hyperfine", "otava", "openmetrics"};
  for (const Format& format : formats()) {
    if (of_figures.contains(format.name)) continue;
    EXPECT_THAT(format.comparison({comparison}, {}), HasSubstr("1 of 8 cases")) << format.name;
  }
}

TEST(Formats, take_no_case_and_no_boot) {
  const Comparison empty = made_comparison({}, "Nothing to compare.");
  Comparison bare;
  bare.sides.resize(2);
  bare.pairs = {{.candidate = 1}};
  const RunRecord run = made_run({});
  const std::vector<CaseSummary> none;
  const RunView view{run, none};
  for (const Format& format : formats()) {
    EXPECT_NE(format.comparison({empty}, {}), "") << format.name;
    EXPECT_NE(format.comparison({bare}, {}), "") << format.name;
    if (format.run == nullptr) continue;
    EXPECT_NE(format.run({&view, 1}, {}), "") << format.name;
  }
}

TEST(Formats, of_several_results_name_each) {
  const RunRecord run = made_run({made_case("umount/fs=tmpfs", even_samples(20, 30'000, 40'000, 0))});
  const std::vector<CaseSummary> summaries = summarise_all(run);
  const std::vector<RunView> views{{run, summaries, "before.json"}, {run, summaries, "after.json"}};
  for (const Format& format : formats()) {
    if (format.run == nullptr) continue;
    const std::string text = format.run(views, {});
    EXPECT_THAT(text, HasSubstr("before.json")) << format.name;
    EXPECT_THAT(text, HasSubstr("after.json")) << format.name;
  }
}

}  // namespace
}  // namespace umb
