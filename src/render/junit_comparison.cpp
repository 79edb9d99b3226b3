// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/comparison_rows.h"
#include "render/comparison_text.h"
#include "render/judged_text.h"
#include "render/junit.h"
#include "render/junit_suite.h"
#include "render/side_text.h"

namespace umb {

namespace {

constexpr double kNsPerSecond = 1e9;

/// Several candidates may have the same cases, and readers take only the first of two tests with one name.
std::string test_name(const Comparison& comparison, const Pair& pair, const std::string& id) {
  return comparison.pairs.size() > 1 ? id + " (" + side_letter(pair.candidate) + ")" : id;
}

TestCase row_case(const Comparison& comparison, const Pair& pair, const Row& row) {
  TestCase made{.classname = "umountbench." + row.spec.scenario, .name = test_name(comparison, pair, row.id)};
  if (row.unit == "ns" && row.candidate.p50) made.time_s = *row.candidate.p50 / kNsPerSecond;
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

TestCase unmatched_case(const Comparison& comparison, const Pair& pair, const Unmatched& one) {
  TestCase made{.classname = "umountbench." + split(one.id, '/')[0],
                .name = test_name(comparison, pair, one.id),
                .outcome = one.outcome == "failed" ? TestOutcome::kError : TestOutcome::kSkipped,
                .type = "not-measured",
                .message = unmatched_text(one)};
  return made;
}

TestSuite suite_of(const Comparison& comparison, const Pair& pair) {
  TestSuite suite{.name = "umountbench: " + pair_title(comparison, pair)};
  const std::vector<BootDigest>& boots = comparison.sides[pair.candidate].boots;
  if (!boots.empty()) suite.started_at = boots[0].started_at;
  for (const size_t index : {size_t{0}, pair.candidate}) {
    const SideText side = side_text(comparison, index);
    const std::string start = index == 0 ? "baseline." : "candidate.";
    suite.properties.insert(suite.properties.end(), {{start + "name", side.name},
                                                     {start + "boots", side.boots},
                                                     {start + "kernel", side.kernel},
                                                     {start + "rcu", side.rcu}});
  }
  for (const Row& row : pair.rows) suite.cases.push_back(row_case(comparison, pair, row));
  for (const Unmatched& one : unmatched_cases(comparison, pair)) {
    suite.cases.push_back(unmatched_case(comparison, pair, one));
  }
  suite.lines.push_back(comparison.headline);
  for (const auto* lines : {&comparison.warnings, &pair.differences, &pair.warnings}) {
    for (const std::string& line : *lines) suite.lines.push_back("warning: " + line);
  }
  for (const std::string& line : judged_lines(comparison)) suite.lines.push_back(line);
  return suite;
}

}  // namespace

std::string junit_comparison(const ComparisonView& view, const RenderOptions&) {
  std::vector<TestSuite> suites;
  for (const Pair& pair : view.comparison.pairs) suites.push_back(suite_of(view.comparison, pair));
  return junit_text(view.comparison.headline, suites);
}

}  // namespace umb
