// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/json_text.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

const char* result_word(const TestCase& one) {
  switch (one.outcome) {
    case TestOutcome::kPassed:
      break;
    case TestOutcome::kFailure:
      return "fail";
    case TestOutcome::kError:
      return "error";
    case TestOutcome::kSkipped:
      return "skip";
  }
  return one.row != nullptr && one.row->verdict == Verdict::kInconclusive ? "info" : "pass";
}

Json notes(const std::vector<std::string>& lines) {
  Json all = Json::array();
  for (const std::string& line : lines) all.push_back(printable(line));
  return all;
}

/// "/" stands for the whole test.
std::string document(const char* whole, const std::vector<std::string>& said, const std::vector<TestCase>& cases) {
  Json all = Json::array({{{"name", "/"}, {"result", whole}, {"note", notes(said)}}});
  const std::vector<std::string> names = outside_names(cases, kFolders);
  for (size_t i = 0; i < cases.size(); ++i) {
    all.push_back({{"name", "/" + names[i]}, {"result", result_word(cases[i])}, {"note", notes(all_lines(cases[i]))}});
  }
  return json_document(all);
}

/// What the whole test came to, as the exit code of the command says it.
const char* whole_result(const std::vector<TestCase>& cases) {
  if (any_bad(cases)) return "fail";
  return count(cases, TestOutcome::kSkipped) == cases.size() ? "skip" : "pass";
}

const char* whole_result(const Comparison& comparison) {
  if (comparison.fails) return "fail";
  if (comparison.verdict == Verdict::kIncomparable) return "error";
  return comparison.verdict == Verdict::kInconclusive ? "info" : "pass";
}

}  // namespace

std::string tmt_run(RunViews runs, const RenderOptions&) {
  std::vector<std::string> said;
  said.reserve(runs.size());
  for (const RunView& view : runs) said.push_back("umountbench: " + run_name(view));
  const std::vector<TestCase> cases = test_cases(runs);
  return document(whole_result(cases), said, cases);
}

std::string tmt_comparison(const ComparisonView& view, const RenderOptions&) {
  return document(whole_result(view.comparison), {view.comparison.headline}, test_cases(view.comparison));
}

}  // namespace umb
