// SPDX-License-Identifier: Apache-2.0
// What hyperfine --export-json writes, in seconds; its own scripts and Bencher read it.
#include "base/text.h"
#include "compare/counted_samples.h"
#include "render/facts_text.h"
#include "render/figures.h"
#include "render/json_text.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"
#include "render/sample_sets.h"

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

/// User and system time are not told apart: readers demand both.
Json result(const SampleSet& set, const std::string& name, const Json& parameters) {
  std::vector<double> seconds;
  seconds.reserve(set.values.size());
  for (const double ns : set.values) seconds.push_back(ns / kNsPerSecond);
  const PlainFigures figures = plain_figures(seconds).value_or(PlainFigures());
  return {{"command", name},
          {"mean", figures.mean},
          {"stddev", figures.deviation ? Json(*figures.deviation) : Json(nullptr)},
          {"median", figures.median},
          {"user", 0.0},
          {"system", 0.0},
          {"min", figures.minimum},
          {"max", figures.maximum},
          {"times", seconds},
          {"exit_codes", std::vector<int>(seconds.size(), 0)},
          {"parameters", parameters}};
}

std::string document(const std::vector<SampleSet>& sets, const std::vector<Json>& parameters) {
  std::vector<std::string> ids;
  ids.reserve(sets.size());
  for (const SampleSet& set : sets) ids.push_back(full_id(set));
  const std::vector<std::string> names = outside_names(ids, kAsItIs);
  Json results = Json::array();
  for (size_t i = 0; i < sets.size(); ++i) results.push_back(result(sets[i], names[i], parameters[sets[i].of]));
  return json_document(Json{{"results", results}});
}

}  // namespace

std::string hyperfine_run(RunViews runs, const RenderOptions&) {
  std::vector<Json> parameters;
  parameters.reserve(runs.size());
  for (const RunView& view : runs) {
    parameters.push_back({{"result", printable(run_name(view))},
                          {"kernel", printable(known_fact(view.record.environment_before, "kernel_release"))}});
  }
  return document(sample_sets(runs), parameters);
}

std::string hyperfine_comparison(const ComparisonView& view, const RenderOptions&) {
  std::vector<Json> parameters;
  parameters.reserve(view.comparison.sides.size());
  for (const Side& side : view.comparison.sides) parameters.push_back({{"side", printable(side.name)}});
  return document(times_only(sample_sets(view.comparison)), parameters);
}

}  // namespace umb
