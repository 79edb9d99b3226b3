// SPDX-License-Identifier: Apache-2.0
// A line a case: "NAME pass|fail|skip [VALUE UNITS]", as send-to-lava.sh of test-definitions reads them.
#include "render/figures.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"

namespace umb {

namespace {

const char* result_word(TestOutcome outcome) {
  switch (outcome) {
    case TestOutcome::kPassed:
      return "pass";
    case TestOutcome::kSkipped:
      return "skip";
    case TestOutcome::kFailure:
    case TestOutcome::kError:
      break;
  }
  return "fail";
}

/// A word: "1/s" is "per_s".
std::string unit_word(std::string unit) {
  if (unit.starts_with("1/")) unit.erase(0, 1);
  const size_t slash = unit.find('/');
  if (slash != std::string::npos) unit.replace(slash, 1, slash == 0 ? "per_" : "_per_");
  return outside_name(unit, kDotted);
}

/// LAVA takes a job without any test case for broken.
std::string document(const std::vector<TestCase>& cases) {
  if (cases.empty()) return "umountbench skip\n";
  const std::vector<std::string> names = outside_names(cases, kDotted);
  std::string text;
  for (size_t i = 0; i < cases.size(); ++i) {
    const TestFigures& figures = cases[i].figures;
    text += names[i] + " " + result_word(cases[i].outcome);
    if (figures.p50) text += " " + exact_figure(figures.p50) + " " + unit_word(figures.unit);
    text += "\n";
  }
  return text;
}

}  // namespace

std::string lava_run(RunViews runs, const RenderOptions&) {
  return document(test_cases(runs));
}

std::string lava_comparison(const ComparisonView& view, const RenderOptions&) {
  return document(test_cases(view.comparison));
}

}  // namespace umb
