// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
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
  return all.dump(1, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string tmt_run(RunViews runs, const RenderOptions&) {
  std::vector<std::string> said;
  said.reserve(runs.size());
  for (const RunView& view : runs) said.push_back("umountbench: " + run_name(view));
  const std::vector<TestCase> cases = test_cases(runs);
  return document(any_bad(cases) ? "fail" : cases.empty() ? "skip" : "pass", said, cases);
}

std::string tmt_comparison(const ComparisonView& view, const RenderOptions&) {
  const std::vector<TestCase> cases = test_cases(view.comparison);
  const char* otherwise = view.comparison.verdict == Verdict::kInconclusive ? "info" : "pass";
  return document(view.comparison.fails ? "fail" : otherwise, {view.comparison.headline}, cases);
}

}  // namespace umb
