// SPDX-License-Identifier: Apache-2.0
// Bencher Metric Format: {"benchmark": {"measure": {"value": …}}}. Bencher's own measure "latency" is in ns.
#include "render/json_text.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

std::string measure_of(const std::string& metric) {
  if (metric == "return_ns") return "latency";
  std::string slug = outside_name(metric, kDotted).substr(0, 64);
  std::ranges::replace_if(
      slug, [](char letter) { return letter == '_' || letter == '.'; }, '-');
  return slug;
}

std::string document(std::vector<TestCase> cases) {
  std::erase_if(cases, [](const TestCase& one) { return !one.figures.p50; });
  const std::vector<std::string> names = outside_names(cases, kAsItIs);
  Json all = Json::object();
  for (size_t i = 0; i < cases.size(); ++i) {
    Json value{{"value", *cases[i].figures.p50}};
    if (const auto& interval = cases[i].figures.p50_interval) {
      value["lower_value"] = interval->low;
      value["upper_value"] = interval->high;
    }
    all[names[i]][measure_of(cases[i].figures.metric)] = value;
  }
  return json_document(all);
}

}  // namespace

std::string bencher_run(RunViews runs, const RenderOptions&) {
  return document(test_cases(runs));
}

std::string bencher_comparison(const ComparisonView& view, const RenderOptions&) {
  return document(test_cases(view.comparison));
}

}  // namespace umb
