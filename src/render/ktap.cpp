// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "compare/in_words.h"
#include "render/escape.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"
#include "render/run_header.h"

namespace umb {

namespace {

/// A diagnostic line, which no parser takes for a result.
std::string remark(const std::string& line) {
  return "# " + printable(line) + "\n";
}

std::string reason(const TestCase& one) {
  return one.message.empty() ? "" : " " + printable(one.message);
}

std::string result(const TestCase& one, size_t number, const std::string& name) {
  const std::string line = std::to_string(number) + " " + name;
  switch (one.outcome) {
    case TestOutcome::kPassed:
      break;
    case TestOutcome::kFailure:
      return "not ok " + line + "\n";
    case TestOutcome::kError:
      return "not ok " + line + " # ERROR" + reason(one) + "\n";
    case TestOutcome::kSkipped:
      return "ok " + line + " # SKIP" + reason(one) + "\n";
  }
  return "ok " + line + "\n";
}

std::string document(const std::vector<std::string>& remarks, const std::vector<TestCase>& cases,
                     const RenderOptions& options) {
  std::string text = options.in_test_suite ? "" : "KTAP version 1\n";
  text += "1.." + std::to_string(cases.size()) + (cases.empty() ? " # SKIP no case" : "") + "\n";
  for (const std::string& line : remarks) text += remark(line);
  const std::vector<std::string> names = outside_names(cases, kDotted);
  for (size_t i = 0; i < cases.size(); ++i) {
    for (const std::string& line : cases[i].lines) text += remark(names[i] + ": " + line);
    text += result(cases[i], i + 1, names[i]);
  }
  const auto total = [&](const char* name, TestOutcome outcome) {
    return name + std::to_string(count(cases, outcome));
  };
  return text + "# Totals:" + total(" pass:", TestOutcome::kPassed) + total(" fail:", TestOutcome::kFailure) +
         " xfail:0 xpass:0" + total(" skip:", TestOutcome::kSkipped) + total(" error:", TestOutcome::kError) + "\n";
}

}  // namespace

std::string ktap_run(RunViews runs, const RenderOptions& options) {
  std::vector<std::string> remarks;
  for (const RunView& view : runs) {
    remarks.push_back("umountbench: " + run_name(view));
    for (const RunFact& fact : run_facts(view.record)) remarks.push_back(fact.name + ": " + fact.text);
    for (const std::string& line : warning_lines(view)) remarks.push_back("warning: " + line);
    for (const std::string& line : in_words(view.record, view.summaries)) remarks.push_back(line);
  }
  return document(remarks, test_cases(runs), options);
}

std::string ktap_comparison(const ComparisonView& view, const RenderOptions& options) {
  const Comparison& comparison = view.comparison;
  std::vector<std::string> remarks{comparison.headline};
  for (const std::string& line : comparison.warnings) remarks.push_back("warning: " + line);
  for (const Pair& pair : comparison.pairs) {
    for (const auto* lines : {&pair.differences, &pair.warnings}) {
      for (const std::string& line : *lines) remarks.push_back("warning: " + line);
    }
  }
  return document(remarks, test_cases(comparison), options);
}

}  // namespace umb
