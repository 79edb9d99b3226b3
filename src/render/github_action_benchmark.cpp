// SPDX-License-Identifier: Apache-2.0
// What the action calls customSmallerIsBetter.
#include "base/text.h"
#include "render/facts_text.h"
#include "render/figures.h"
#include "render/json_text.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

/// The action writes names and texts into Markdown of its own.
Json entry(const TestCase& one, const std::string& name, const std::vector<std::string>& extra) {
  Json made{{"name", name}, {"value", *one.figures.p50}, {"unit", outside_name(one.figures.unit, kAsItIs)}};
  if (const auto& interval = one.figures.p50_interval) {
    made["range"] = "[" + exact_figure(interval->low) + ", " + exact_figure(interval->high) + "]";
  }
  made["extra"] = join(extra, "\n");
  return made;
}

/// The action takes every entry for a figure, and a higher one for worse: what was not measured has none, nor has what
/// is better when higher.
std::string document(std::vector<TestCase> cases, const auto& extra_of) {
  std::erase_if(cases, [](const TestCase& one) { return !one.figures.p50 || one.figures.better != "lower"; });
  const std::vector<std::string> names = outside_names(cases, kAsItIs);
  Json all = Json::array();
  for (size_t i = 0; i < cases.size(); ++i) all.push_back(entry(cases[i], names[i], extra_of(cases[i])));
  return json_document(all);
}

}  // namespace

std::string github_action_benchmark_run(RunViews runs, const RenderOptions&) {
  return document(test_cases(runs), [&](const TestCase& one) -> std::vector<std::string> {
    const RunView& view = runs[one.of];
    const std::string p90 = exact_figure(one.figures.p90);
    const std::string p99 = exact_figure(one.figures.p99);
    return {std::to_string(one.figures.samples) + " samples" + (p90.empty() ? "" : ", p90 " + p90) +
                (p99.empty() ? "" : ", p99 " + p99),
            "kernel " + printable(known_fact(view.record.environment_before, "kernel_release")),
            printable(run_name(view))};
  });
}

std::string github_action_benchmark_comparison(const ComparisonView& view, const RenderOptions&) {
  return document(test_cases(view.comparison), [&](const TestCase& one) -> std::vector<std::string> {
    std::vector<std::string> lines;
    lines.reserve(one.lines.size() + 1);
    for (const std::string& line : one.lines) lines.push_back(printable(line));
    lines.push_back(printable(view.comparison.sides[one.of].name) + " against " +
                    printable(view.comparison.sides[0].name));
    return lines;
  });
}

}  // namespace umb
