// SPDX-License-Identifier: Apache-2.0
// What other projects' formats look like: tests/data/golden/outside_*.txt; scripts/approve takes over new ones.
// tests/e2e/test_outside_formats.py asks their readers.
#include "base/text.h"
#include "render/formats.h"
#include "testing/comparison_builder.h"
#include "testing/golden.h"
#include "testing/record_builder.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kCase = "umount/fs=tmpfs/mode=plain/method=syscall/rcu=normal";

/// Measured, a check that failed, skipped, failed with samples of before.
RunRecord four_cases() {
  CaseRecord checked = made_case("loop/fs=ext4", even_samples(2, 1'000, 2'000, 0));
  checked.checks = {{"released", "failed", "still there after 1 s"}};
  CaseRecord failed = made_case("container/runtime=crun", even_samples(2, 700, 800, 0));
  failed.outcome = "failed";
  failed.reason = "crun: exit code 1";
  return made_run({made_case(kCase, even_samples(12, 30'000, 41'000, 1)), checked,
                   made_case("umount/fs=xfs", "skipped", "mkfs.xfs is not installed"), failed});
}

std::string shown_run(const RunRecord& run, const std::string& format, const RenderOptions& options = {}) {
  const std::vector<CaseSummary> summaries = summarise_all(run);
  const RunView view{run, summaries, "boots/a.json"};
  return find_format(format)->run({&view, 1}, options);
}

std::string shown(const Comparison& comparison, const std::string& format) {
  return find_format(format)->comparison({comparison}, {});
}

/// Two candidates; few units, so that the golden files stay short.
Comparison two_candidates() {
  Comparison made = mixed_verdicts();
  for (Pair& pair : made.pairs) {
    for (Row& row : pair.rows) {
      row.baseline.unit_p50.resize(2);
      row.candidate.unit_p50.resize(2);
    }
  }
  return made;
}

/// A side of two boots with one case, and in every second another.
Side side_of(const std::string& name, size_t first) {
  Side side{.name = name, .boots = {}, .boot_count = 2};
  for (size_t i = first; i < first + 2; ++i) {
    BootDigest boot;
    boot.source = boot.run_id = name + "/" + std::to_string(i) + ".json";
    boot.started_at = "2025-04-08T12:0" + std::to_string(9 - i) + ":00.000Z";
    boot.environment = {{"kernel_release", name}};
    for (const std::string& id : {kCase, std::string("loop/fs=ext4")}) {
      if (id != kCase && i % 2 == 0) continue;
      CaseDigest one;
      one.spec.id = id;
      one.outcome = "measured";
      one.metrics = {
          {.name = "return_ns", .unit = "ns", .count = 9, .quantiles = {{0.5, 100.0 + double(i)}, {0.9, 300}}}};
      boot.whole.cases.push_back(one);
    }
    side.boots.push_back(boot);
  }
  return side;
}

class OutsideFormat : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(All, OutsideFormat,
                         ::testing::Values("ktap", "kcidb", "lava", "tmt", "lkp", "google-benchmark",
                                           "github-action-benchmark", "bencher", "benchstat", "hyperfine", "otava",
                                           "openmetrics"));

TEST_P(OutsideFormat, has_its_shape_for_a_result) {
  const std::string name = std::string("outside_run_") + GetParam();
  EXPECT_TRUE(matches_golden(UMOUNTBENCH_SOURCE_DIR, name, shown_run(four_cases(), GetParam())));
}

TEST_P(OutsideFormat, has_its_shape_for_a_comparison) {
  const std::string name = std::string("outside_comparison_") + GetParam();
  EXPECT_TRUE(matches_golden(UMOUNTBENCH_SOURCE_DIR, name, shown(two_candidates(), GetParam())));
}

TEST_P(OutsideFormat, has_no_figure_that_is_not_finite) {
  Comparison comparison = one_slower();
  Row& row = comparison.pairs[0].rows[0];
  for (auto* value : {&row.candidate.p50, &row.candidate.p99, &row.quantiles[0].ratio, &row.quantiles[0].low}) {
    *value = std::numeric_limits<double>::quiet_NaN();
  }
  row.candidate.unit_p50[0] = std::numeric_limits<double>::infinity();
  row.quantiles[0].high = std::numeric_limits<double>::infinity();
  const std::string text = shown(comparison, GetParam());
  for (const char* bad : {"nan", "NaN", "inf", "null"}) EXPECT_THAT(text, Not(HasSubstr(bad)));
}

TEST(Ktap, leaves_its_first_line_to_the_suite_that_it_runs_in) {
  EXPECT_THAT(shown_run(four_cases(), "ktap"), StartsWith("KTAP version 1\n1..4\n"));
  EXPECT_THAT(shown_run(four_cases(), "ktap", {.in_test_suite = true}), StartsWith("1..4\n"));
}

TEST(Ktap, has_nothing_but_results_and_remarks) {
  for (const std::string& line : split(shown(hostile("ok 9 x\nnot ok 1\nBail out!\n1..0\n# SKIP"), "ktap"), '\n')) {
    EXPECT_TRUE(line.empty() || line.starts_with("KTAP version 1") || line.starts_with("1..10") ||
                line.starts_with("# ") || line.starts_with("ok ") || line.starts_with("not ok "))
        << line;
    EXPECT_EQ(line, printable(line));
  }
}

TEST(GoogleBenchmark, makes_one_sample_of_what_several_results_have_of_a_case) {
  const RunRecord run = four_cases();
  const std::vector<CaseSummary> summaries = summarise_all(run);
  const std::vector<RunView> views{{run, summaries, "a.json"}, {run, summaries, "b.json"}};
  const std::string text = find_format("google-benchmark")->run(views, {});
  EXPECT_THAT(text, AllOf(HasSubstr("\"repetitions\": 24, \"repetition_index\": 23,"), Not(HasSubstr("result:")),
                          HasSubstr("\"label\": \"a.json\""), HasSubstr("\"label\": \"b.json\"")));
}

TEST(GoogleBenchmark, and_hyperfine_have_times_alone) {
  Comparison comparison = one_slower();
  for (Row& row : comparison.pairs[0].rows) {
    row.metric = "voluntary_switches";
    row.unit = "1";
  }
  EXPECT_THAT(shown(comparison, "google-benchmark"), Not(HasSubstr("real_time")));
  EXPECT_THAT(shown(comparison, "hyperfine"), HasSubstr("\"results\": []"));
  EXPECT_THAT(shown(comparison, "benchstat"), HasSubstr(" voluntary_switches/op\n"));
  EXPECT_THAT(shown(comparison, "lava"), HasSubstr(".metric-voluntary_switches pass"));
}

/// One case that is twice as high with the candidate.
Comparison of_rates(const std::string& better) {
  Comparison made = made_comparison({made_row(kCase, Verdict::kFaster, 1'000, 2, "twice as many")}, "x");
  made.pairs[0].rows[0].metric = "calls_per_s";
  made.pairs[0].rows[0].unit = "1/s";
  made.pairs[0].rows[0].better = better;
  return made;
}

TEST(GithubActionBenchmark, has_nothing_that_is_better_when_higher) {
  EXPECT_EQ(shown(of_rates("higher"), "github-action-benchmark"), "[]\n");
  EXPECT_EQ(shown(of_rates(""), "github-action-benchmark"), "[]\n");
  EXPECT_THAT(shown(of_rates("lower"), "github-action-benchmark"), HasSubstr("\"unit\": \"1/s\""));
}

TEST(Lava, has_a_unit_that_is_a_word) {
  EXPECT_THAT(shown(of_rates("higher"), "lava"), AllOf(HasSubstr(" per_s\n"), Not(HasSubstr("1.s"))));
}

TEST(Formats, of_figures_have_none_of_a_side_on_which_a_case_or_a_check_failed) {
  Comparison comparison = made_comparison({made_row(kCase, Verdict::kSame, 1'000, 1, "same")}, "x");
  Row& row = comparison.pairs[0].rows[0];
  const auto expect_none = [&] {
    for (const char* format : {"github-action-benchmark", "bencher"}) {
      EXPECT_THAT(shown(comparison, format), Not(HasSubstr("tmpfs"))) << format;
    }
    for (const char* format : {"google-benchmark", "hyperfine"}) {
      EXPECT_THAT(shown(comparison, format),
                  AllOf(HasSubstr("/side"), Not(HasSubstr("side:B")), Not(HasSubstr("side=B"))))
          << format;
    }
    EXPECT_THAT(shown(comparison, "openmetrics"),
                AllOf(Not(HasSubstr("umountbench_ratio")), Not(HasSubstr("candidate_seconds"))));
    EXPECT_THAT(shown(comparison, "lkp"), Not(HasSubstr("ratio")));
  };
  row.candidate.failed_units = 1;
  expect_none();
  row.candidate.failed_units = 0;
  row.candidate.failed_checks = {{"released", "failed", "still there"}};
  expect_none();
}

TEST(Tmt, says_that_nothing_could_be_compared) {
  Comparison comparison = all_same();
  comparison.verdict = Verdict::kIncomparable;
  EXPECT_THAT(shown(comparison, "tmt"), HasSubstr("\"name\": \"/\",\n  \"result\": \"error\""));
  comparison.fails = true;
  EXPECT_THAT(shown(comparison, "tmt"), HasSubstr("\"name\": \"/\",\n  \"result\": \"fail\""));
}

TEST(Tmt, is_skipped_where_every_case_is) {
  const RunRecord run = made_run({made_case("umount/fs=xfs", "skipped", "no mkfs.xfs")});
  EXPECT_THAT(shown_run(run, "tmt"), HasSubstr("\"name\": \"/\",\n  \"result\": \"skip\""));
}

TEST(OpenMetrics, have_what_fails_in_place_of_the_verdict_that_does_not) {
  Comparison comparison = made_comparison({made_row(kCase, Verdict::kSame, 1'000, 1, "same")}, "x");
  comparison.verdict = Verdict::kSame;
  comparison.fails = comparison.pairs[0].rows[0].fails = true;
  EXPECT_THAT(shown(comparison, "openmetrics"),
              AllOf(HasSubstr("umountbench_comparison_fails{verdict=\"failed\"} 1\n"),
                    HasSubstr(",verdict=\"failed\"} 1\n"), Not(HasSubstr("\"same\""))));
  comparison.pairs[0].rows[0].fails_by_waits = true;
  EXPECT_THAT(shown(comparison, "openmetrics"), HasSubstr("umountbench_comparison_fails{verdict=\"more-waits\"} 1\n"));
}

TEST(OpenMetrics, have_no_number_sign_in_a_line) {
  RunRecord run = four_cases();
  run.run.label = "PR #12";
  for (const std::string& line : split(shown_run(run, "openmetrics"), '\n')) {
    EXPECT_TRUE(line.find('#') == std::string::npos || line[0] == '#') << line;
  }
}

TEST(OpenMetrics, have_the_same_series_for_every_single_result) {
  RunRecord one = four_cases();
  RunRecord other = one;
  other.run.label = "another";
  other.environment_before = {{"kernel_release", "6.13.0"}};
  const auto series = [](const RunRecord& run, const std::string& file) {
    const std::vector<CaseSummary> summaries = summarise_all(run);
    const RunView view{run, summaries, file};
    const std::string text = find_format("openmetrics")->run({&view, 1}, {});
    return text.substr(text.find("# HELP umountbench_return_seconds"));
  };
  EXPECT_EQ(series(one, "a.json"), series(other, "b.json"));
}

TEST(Benchstat, has_no_line_that_ends_its_readers_patience) {
  RunRecord run = four_cases();
  run.run.label = std::string(20'000, '\xe6');
  for (const std::string& line : split(shown_run(run, "benchstat"), '\n')) EXPECT_LT(line.size(), 65536U);
}

TEST(Otava, names_the_quantile_of_a_history) {
  History made;
  made.metric = "return_ns";
  made.builds = {{.name = "a", .commit = "", .kernel_release = "6.6.1", .started_at = "2025-04-08T12:06:00.000Z"}};
  made.series = {{.case_id = "loop/fs=ext4", .unit = "ns", .better = "lower", .values = {100.0}, .changes = {}}};
  const auto header = [&] { return split(find_format("otava")->history(made, {}), '\n')[0]; };
  EXPECT_EQ(header(), "time,kernel,label,source,loop.fs-ext4.return_ns");
  made.quantile = 0.99;
  EXPECT_EQ(header(), "time,kernel,label,source,loop.fs-ext4.return_ns.p99");
}

TEST(Otava, has_the_runs_in_the_order_of_time_and_the_cases_that_all_have) {
  Comparison comparison = made_comparison({}, "x");
  comparison.sides = {side_of("6.6.1", 0), side_of("6.12.1", 2)};
  EXPECT_EQ(shown(comparison, "otava"),
            "time,kernel,label,source,umount.fs-tmpfs.mode-plain.method-syscall.rcu-normal.return_ns\n"
            "2025-04-08T12:06:00.000Z,6.12.1,,6.12.1/3.json,103\n"
            "2025-04-08T12:07:00.000Z,6.12.1,,6.12.1/2.json,102\n"
            "2025-04-08T12:08:00.000Z,6.6.1,,6.6.1/1.json,101\n"
            "2025-04-08T12:09:00.000Z,6.6.1,,6.6.1/0.json,100\n");
}

TEST(Otava, has_a_run_that_both_sides_share_once) {
  Comparison comparison = made_comparison({}, "x");
  comparison.sides = {side_of("6.6.1", 1), side_of("6.6.1", 1)};
  comparison.sides[0].boots.resize(1);
  comparison.sides[1].boots.resize(1);
  comparison.sides[1].boots[0].whole.cases[0].spec.id = "umount/fs=ext4";
  const std::vector<std::string> lines = split(shown(comparison, "otava"), '\n');
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_THAT(lines[0], AllOf(HasSubstr("fs-ext4"), HasSubstr("fs-tmpfs")));
}

TEST(Lava, always_has_a_test_case) {
  EXPECT_EQ(shown_run(made_run({}), "lava"), "umountbench skip\n");
}

}  // namespace
}  // namespace umb
