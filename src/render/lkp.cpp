// SPDX-License-Identifier: Apache-2.0
// What a `parse` of lkp-tests prints: "key: number", the keys the same in every run.
#include "render/figures.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"

namespace umb {

namespace {

std::string line(const std::string& key, std::optional<double> value) {
  const std::string text = exact_figure(value);
  return text.empty() ? "" : key + ": " + text + "\n";
}

std::string count_line(const std::string& key, size_t value) {
  return key + ": " + std::to_string(value) + "\n";
}

std::string lines_of(const TestCase& one, const std::string& name) {
  const TestFigures& figures = one.figures;
  const std::string unit = figures.unit == "ns" ? "_ns" : "";
  std::string text = line(name + ".p50" + unit, figures.p50) + line(name + ".p90" + unit, figures.p90) +
                     line(name + ".p99" + unit, figures.p99);
  if (figures.p50) text += count_line(name + ".samples", figures.samples);
  if (one.outcome != TestOutcome::kSkipped) text += count_line(name + ".pass", one.outcome == TestOutcome::kPassed);
  const QuantileResult* judged = deciding_figure(one);
  return judged == nullptr ? text : text + line(name + ".ratio", judged->ratio);
}

std::string document(const std::vector<TestCase>& cases) {
  const std::vector<std::string> names = outside_names(cases, kDotted);
  std::string text = count_line("umountbench.cases", cases.size());
  for (size_t i = 0; i < cases.size(); ++i) text += lines_of(cases[i], names[i]);
  return text;
}

}  // namespace

std::string lkp_run(RunViews runs, const RenderOptions&) {
  return document(test_cases(runs));
}

std::string lkp_comparison(const ComparisonView& view, const RenderOptions&) {
  return document(test_cases(view.comparison)) + count_line("umountbench.fails", view.comparison.fails);
}

}  // namespace umb
