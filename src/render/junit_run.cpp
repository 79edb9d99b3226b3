// SPDX-License-Identifier: Apache-2.0
#include "compare/in_words.h"
#include "render/junit.h"
#include "render/junit_suite.h"
#include "render/run_header.h"

namespace umb {

namespace {

TestSuite suite_of(const RunView& view) {
  const RunRecord& record = view.record;
  TestSuite suite{.name = "umountbench: " + run_name(view), .started_at = record.run.started_at};
  for (const RunFact& fact : run_facts(record)) suite.properties.emplace_back(fact.name, fact.text);
  for (const std::string& line : warning_lines(view)) suite.lines.push_back("warning: " + line);
  for (const std::string& line : in_words(record, view.summaries)) suite.lines.push_back(line);
  return suite;
}

}  // namespace

std::string junit_run(RunViews runs, const RenderOptions&) {
  std::vector<TestSuite> suites;
  suites.reserve(runs.size());
  for (const RunView& view : runs) suites.push_back(suite_of(view));
  for (TestCase& one : test_cases(runs)) suites[one.of].cases.push_back(std::move(one));
  return junit_text("umountbench", suites);
}

}  // namespace umb
