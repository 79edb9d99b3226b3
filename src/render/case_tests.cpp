// SPDX-License-Identifier: Apache-2.0
#include "render/case_tests.h"

#include "base/text.h"
#include "render/comparison_rows.h"
#include "render/comparison_text.h"

#include <algorithm>
#include <filesystem>

namespace umb {

namespace {

TestFigures figures_of(const CaseSummary& summary) {
  TestFigures figures{.samples = summary.counted};
  figures.minimum = finite(summary.min_ns);
  figures.p50 = finite(summary.p50_ns);
  figures.p90 = finite(summary.p90_ns);
  figures.p99 = finite(summary.p99_ns);
  figures.maximum = finite(summary.max_ns);
  figures.p50_interval = summary.p50_interval_ns;
  return figures;
}

TestCase case_of(const RunView& view, const CaseRecord& one, const CaseSummary& summary) {
  TestCase made{.id = one.spec.id, .scenario = one.spec.scenario};
  if (is_sound(one)) made.figures = figures_of(summary);
  made.of_value = same_run_name(view);
  const TimeUnit unit = time_unit(summary.p50_ns.value_or(0));
  made.lines = {counted(summary.counted, "sample") + ", p50 " + time_figure(summary.p50_ns, unit) + ", p90 " +
                time_figure(summary.p90_ns, unit) + ", p99 " + time_figure(summary.p99_ns, unit) + ", max " +
                time_figure(summary.max_ns, unit) + " " + unit.name};
  if (summary.failed > 0) made.lines.push_back(counted(summary.failed, "sample") + " failed");
  if (one.outcome == "skipped") {
    made.outcome = TestOutcome::kSkipped;
    made.message = one.reason;
  } else if (one.outcome == "failed") {
    made.outcome = TestOutcome::kError;
    made.type = "not-measured";
    made.message = one.reason;
  }
  for (const Check& check : one.checks) {
    if (check.outcome != "failed") continue;
    made.lines.push_back("check " + check.name + " failed: " + check.message);
    if (made.outcome != TestOutcome::kPassed) continue;
    made.outcome = TestOutcome::kFailure;
    made.type = "check";
    made.message = made.lines.back();
  }
  return made;
}

TestFigures figures_of(const Row& row) {
  const SideFigures& side = row.candidate;
  TestFigures figures{.metric = row.metric, .unit = row.unit, .better = row.better};
  if (!is_sound(side)) return figures;
  figures.samples = side.samples;
  figures.minimum = finite(side.minimum);
  figures.p50 = finite(side.p50);
  figures.p90 = finite(side.p90);
  figures.p99 = finite(side.p99);
  figures.maximum = finite(side.maximum);
  return figures;
}

TestCase row_case(const Pair& pair, const Row& row) {
  TestCase made{.id = row.id, .scenario = row.spec.scenario, .row = &row, .figures = figures_of(row)};
  const std::vector<std::string> said = sentences(row);
  made.message = join(said, "; ");
  made.lines.push_back(verdict_text(row, false));
  made.lines.insert(made.lines.end(), said.begin(), said.end());
  for (const QuantileResult& result : row.quantiles) {
    made.lines.push_back(figures_text(row, result, side_letter(pair.candidate)));
  }
  if (row.fails) {
    made.outcome = TestOutcome::kFailure;
    made.type = row.verdict == Verdict::kSlower ? "regression" : row.fails_by_waits ? "more-waits" : "new-failure";
  } else if (row.verdict == Verdict::kIncomparable) {
    made.outcome = TestOutcome::kError;
    made.type = "incomparable";
    made.lines.insert(made.lines.end(), pair.differences.begin(), pair.differences.end());
  }
  return made;
}

TestCase unmatched_case(const Unmatched& one) {
  return {.id = one.id,
          .scenario = split(one.id, '/')[0],
          .outcome = one.outcome == "failed" ? TestOutcome::kError : TestOutcome::kSkipped,
          .type = "not-measured",
          .message = unmatched_text(one)};
}

}  // namespace

std::vector<TestCase> test_cases(RunViews runs) {
  std::vector<TestCase> all;
  for (size_t of = 0; of < runs.size(); ++of) {
    const RunView& view = runs[of];
    const size_t count = std::min(view.record.cases.size(), view.summaries.size());
    all.reserve(all.size() + count);
    for (size_t i = 0; i < count; ++i) {
      all.push_back(case_of(view, view.record.cases[i], view.summaries[i]));
      all.back().of = of;
      if (runs.size() > 1) all.back().of_key = "result";
    }
  }
  return all;
}

std::vector<TestCase> test_cases(const Comparison& comparison, const Pair& pair) {
  std::vector<TestCase> all;
  const std::vector<Unmatched> unmatched = unmatched_cases(comparison, pair);
  all.reserve(pair.rows.size() + unmatched.size());
  for (const Row& row : pair.rows) all.push_back(row_case(pair, row));
  for (const Unmatched& one : unmatched) all.push_back(unmatched_case(one));
  for (TestCase& one : all) {
    one.of = pair.candidate;
    one.of_value = side_letter(pair.candidate);
    if (comparison.pairs.size() > 1) one.of_key = "side";
  }
  return all;
}

std::vector<TestCase> test_cases(const Comparison& comparison) {
  std::vector<TestCase> all;
  for (const Pair& pair : comparison.pairs) {
    std::vector<TestCase> more = test_cases(comparison, pair);
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return all;
}

std::string same_run_name(const RunView& view) {
  return std::filesystem::path(run_name(view)).lexically_normal().string();
}

bool is_sound(const CaseRecord& one) {
  return one.outcome == "measured" &&
         std::ranges::none_of(one.checks, [](const Check& check) { return check.outcome == "failed"; });
}

const QuantileResult* deciding_figure(const TestCase& one) {
  const bool sound = one.row != nullptr && is_sound(one.row->baseline) && is_sound(one.row->candidate);
  return sound ? deciding(*one.row) : nullptr;
}

std::vector<std::string> all_lines(const TestCase& one) {
  std::vector<std::string> lines = one.lines;
  const bool told = one.message.empty() || std::ranges::find(lines, one.message) != lines.end();
  if (!told && one.outcome != TestOutcome::kPassed) lines.insert(lines.begin(), one.message);
  return lines;
}

size_t count(const std::vector<TestCase>& cases, TestOutcome outcome) {
  return static_cast<size_t>(std::ranges::count(cases, outcome, &TestCase::outcome));
}

bool any_bad(const std::vector<TestCase>& cases) {
  return count(cases, TestOutcome::kFailure) + count(cases, TestOutcome::kError) > 0;
}

}  // namespace umb
