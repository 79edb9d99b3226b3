// SPDX-License-Identifier: Apache-2.0
// What the formats for people and for GitHub promise: their limits, and names that can't break out.
#include "base/text.h"
#include "render/formats.h"
#include "render/markdown_page.h"
#include "testing/comparison_builder.h"
#include "testing/record_builder.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kEvil = "\x1b[31m\n::error::x\r\xc2\x9b\xff|<script>**`@someone #1 https://x.y [a](b)%0A";

std::string shown(const Comparison& comparison, const char* format, bool all = false) {
  return find_format(format)->comparison({comparison, all}, {});
}

std::string shown_run(const RunRecord& run, const char* format) {
  const std::vector<CaseSummary> summaries = summarise_all(run);
  const RunView view{run, summaries, "a.json"};
  return find_format(format)->run({&view, 1}, {});
}

RunRecord run_of(size_t cases, const std::string& name) {
  std::vector<CaseRecord> all;
  for (size_t i = 0; i < cases; ++i) {
    all.push_back(made_case(name + "/files=" + std::to_string(i), even_samples(20, 30'000, 40'000, 0)));
  }
  all.push_back(made_case(name, "failed", name));
  return made_run(std::move(all));
}

size_t count(const std::string& text, const std::string& wanted) {
  size_t found = 0;
  for (size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) ++found;
  return found;
}

TEST(Markdown, stays_under_64_kib_and_says_what_is_left_out) {
  for (const size_t cases : {10, 150, 1500}) {
    EXPECT_LT(shown(enormous(cases), "markdown").size(), 64U * 1024) << cases;
    EXPECT_LT(shown_run(run_of(cases, "umount/fs=tmpfs/mode=plain/method=syscall"), "markdown").size(), 64U * 1024);
  }
  const std::string text = shown(enormous(500), "markdown");
  const size_t there = count(text, "<code>umount/");
  EXPECT_GT(there, 50U);
  EXPECT_EQ(count(text, std::to_string(500 - there) + " lines are left out to stay under 64 KiB"), 1U);
  EXPECT_EQ(count(text, "Judged by exact rank sum"), 1U);
  EXPECT_EQ(count(text, "<details>"), count(text, "</details>"));
}

TEST(Markdown, stays_under_64_kib_whatever_is_long) {
  Comparison comparison = hostile(std::string(100'000, '|'));
  comparison.warnings.assign(1000, "w");
  comparison.pairs[0].only_baseline.assign(3000, std::string(5000, '<'));
  EXPECT_LT(shown(comparison, "markdown", true).size(), 64U * 1024);
  EXPECT_EQ(count(shown(comparison, "markdown"), " lines are left out"), 1U);
}

TEST(Markdown, cuts_long_texts_between_letters) {
  Comparison comparison = one_slower();
  comparison.headline = "x";
  for (int i = 0; i < 300; ++i) comparison.headline += "\xc3\xa9";
  std::string wanted = "### x";
  for (int i = 0; i < 199; ++i) wanted += "\xc3\xa9";
  EXPECT_THAT(shown(comparison, "markdown"), StartsWith(wanted + " …\n"));
}

TEST(Markdown, leaves_the_least_bad_rows_out) {
  const std::string text = shown(enormous(300), "markdown");
  EXPECT_EQ(count(text, "| ▲ slower |"), 100U);
  EXPECT_LT(count(text, "| ? inconclusive |"), 200U);
  EXPECT_LT(text.rfind("▲ slower"), text.find("? inconclusive"));
}

TEST(Markdown, folds_long_tables) {
  EXPECT_THAT(shown(enormous(10), "markdown"), Not(HasSubstr("<details>")));
  EXPECT_THAT(shown(enormous(12), "markdown"), HasSubstr("<details><summary>2 more rows</summary>\n\n| case"));
  MarkdownPage page;
  std::vector<std::vector<std::string>> rows(10, {"a", "1"});
  rows.insert(rows.end(), {{"", "of the same"}, {"b", "2"}});
  page.table({"case", "p"}, rows, "rows");
  EXPECT_THAT(page.text(), HasSubstr("of the same |\n\n<details><summary>1 more rows"));
}

TEST(Markdown, lets_no_name_be_markup) {
  for (const std::string& text : {shown(hostile(kEvil), "markdown", true), shown_run(run_of(2, kEvil), "markdown")}) {
    EXPECT_THAT(text, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("**")), Not(HasSubstr("`")),
                            Not(HasSubstr("@someone")), Not(HasSubstr("https://")), Not(HasSubstr("[a]("))));
    for (const std::string& line : split(text, '\n')) {
      EXPECT_EQ(line, printable(line));
      EXPECT_EQ(line.starts_with("| "), line.ends_with(" |")) << line;
    }
  }
}

TEST(Lkml, is_ascii_of_at_most_75_columns) {
  const std::string long_name(200, 'x');
  for (const std::string& text :
       {shown(mixed_verdicts(), "lkml", true), shown(across_sessions(), "lkml"), shown(enormous(30), "lkml"),
        shown(hostile(kEvil), "lkml", true), shown(hostile(long_name), "lkml"), shown_run(run_of(3, kEvil), "lkml"),
        shown_run(run_of(3, long_name), "lkml")}) {
    for (const std::string& line : split(text, '\n')) {
      EXPECT_LE(line.size(), 75U) << line;
      EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; })) << line;
    }
  }
}

TEST(Lkml, tells_how_to_do_it_again) {
  EXPECT_THAT(shown(one_slower(), "lkml"), AllOf(HasSubstr("\n  sudo umountbench run --config compare --into A\n"),
                                                 HasSubstr("\n  umountbench compare A B --metric return_ns")));
  Comparison comparison = one_slower();
  comparison.sides[0].boots[0].plan.name = "x; rm -rf y";
  EXPECT_THAT(shown(comparison, "lkml"), HasSubstr("--config 'x; rm -rf y' --into A"));
}

TEST(Lkml, tells_how_guests_were_booted) {
  Comparison comparison = one_slower();
  for (Side& side : comparison.sides) {
    for (BootDigest& boot : side.boots) {
      boot.environment.push_back({"accelerator", "tcg"});
      boot.environment.push_back({"append_requested", "quiet; x"});
    }
  }
  const std::string text = shown(comparison, "lkml");
  EXPECT_THAT(text, AllOf(HasSubstr("\n  umountbench vm run --config compare --accel tcg \\\n"),
                          HasSubstr("    --kernel KERNEL --append 'quiet; x' --boots 7 -o A\n")));
  EXPECT_THAT(text, Not(HasSubstr("sudo")));
}

TEST(Github, begins_with_the_verdict_and_fails_what_fails) {
  EXPECT_THAT(shown(one_slower(), "github"),
              AllOf(StartsWith("::error title=umountbench::Slower: 1 of 8"), HasSubstr("\n::error title=umount/fs=")));
  EXPECT_THAT(shown(all_same(), "github"), StartsWith("::notice title=umountbench::No regression"));
  EXPECT_EQ(count(shown(all_same(), "github"), "\n"), 1U);
}

TEST(Github, has_at_most_ten_of_a_kind_and_counts_the_others) {
  const std::string text = shown(enormous(90), "github");
  EXPECT_EQ(count(text, "::error "), 10U);
  EXPECT_EQ(count(text, "::notice "), 10U);
  EXPECT_THAT(text, AllOf(HasSubstr("::error title=umountbench::22 more are in the report"),
                          HasSubstr("::notice title=umountbench::51 more are in the report")));
}

TEST(Github, lets_no_name_be_a_command) {
  for (const std::string& line : split(shown(hostile(kEvil), "github"), '\n')) {
    if (line.empty()) continue;
    EXPECT_TRUE(line.starts_with("::error title=") || line.starts_with("::warning title=") ||
                line.starts_with("::notice title="))
        << line;
    EXPECT_EQ(line, printable(line));
    EXPECT_THAT(line, AllOf(Not(HasSubstr("%0A:")), Not(HasSubstr("someone,"))));
  }
  EXPECT_THAT(shown(hostile(kEvil), "github"), HasSubstr("%250A"));
}

TEST(JUnit, says_what_failed_what_could_not_be_judged_and_what_was_skipped) {
  EXPECT_THAT(shown(mixed_verdicts(), "junit"),
              AllOf(HasSubstr("<failure type=\"regression\" message=\"2.1 times as slow\">"),
                    HasSubstr("<failure type=\"new-failure\""), HasSubstr("<error type=\"incomparable\""),
                    HasSubstr("<skipped message=\"only in A: umount/fs=xfs"),
                    HasSubstr("<system-out>? inconclusive\nno verdict")));
}

TEST(Csv, marks_what_a_spreadsheet_would_calculate) {
  EXPECT_THAT(shown(hostile("=1+1"), "csv"), HasSubstr("\"'=1+1\""));
}

}  // namespace
}  // namespace umb
