// SPDX-License-Identifier: Apache-2.0
#include "compare/in_words.h"
#include "render/comparison_text.h"
#include "render/junit.h"
#include "render/junit_suite.h"
#include "render/run_header.h"

#include <algorithm>

namespace umb {

namespace {

constexpr double kNsPerSecond = 1e9;

TestCase case_of(const RunView& view, const CaseRecord& one, const CaseSummary& summary, bool several) {
  TestCase made{.classname = "umountbench." + one.spec.scenario,
                .name = several ? one.spec.id + " (" + run_name(view) + ")" : one.spec.id};
  if (summary.p50_ns) made.time_s = *summary.p50_ns / kNsPerSecond;
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

TestSuite suite_of(const RunView& view, bool several) {
  const RunRecord& record = view.record;
  TestSuite suite{.name = "umountbench: " + run_name(view), .started_at = record.run.started_at};
  for (const RunFact& fact : run_facts(record)) suite.properties.emplace_back(fact.name, fact.text);
  for (size_t i = 0; i < std::min(record.cases.size(), view.summaries.size()); ++i) {
    suite.cases.push_back(case_of(view, record.cases[i], view.summaries[i], several));
  }
  for (const std::string& line : warning_lines(view)) suite.lines.push_back("warning: " + line);
  for (const std::string& line : in_words(record, view.summaries)) suite.lines.push_back(line);
  return suite;
}

}  // namespace

std::string junit_run(RunViews runs, const RenderOptions&) {
  std::vector<TestSuite> suites;
  for (const RunView& view : runs) suites.push_back(suite_of(view, runs.size() > 1));
  return junit_text("umountbench", suites);
}

}  // namespace umb
