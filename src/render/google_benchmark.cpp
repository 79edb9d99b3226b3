// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "model/sample.h"
#include "render/facts_text.h"
#include "render/figures.h"
#include "render/json_text.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"
#include "render/sample_sets.h"

#include <cmath>
#include <map>

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

/// What compare.py of Google Benchmark knows.
constexpr int kJsonSchemaVersion = 1;

Json number(const Facts& facts, const std::string& key) {
  const FactValue* value = find_fact(facts, key);
  if (value == nullptr) return 0;
  if (const auto* whole = std::get_if<int64_t>(value)) return *whole;
  const auto* real = std::get_if<double>(value);
  return real != nullptr && std::isfinite(*real) ? Json(*real) : Json(0);
}

/// RFC 3339's Z is too new for some readers.
std::string with_offset(std::string time) {
  if (time.ends_with('Z')) time.replace(time.size() - 1, 1, "+00:00");
  return printable(time);
}

/// Some readers demand `caches`, and all of them take further keys whose values are texts.
Json context(const std::string& time, const Facts& facts) {
  return {{"date", with_offset(time)},
          {"host_name", printable(fact_text(facts, "host_name"))},
          {"executable", "umountbench"},
          {"num_cpus", number(facts, "cpus_online")},
          {"mhz_per_cpu", 0},
          {"caches", Json::array()},
          {"load_avg", Json::array({number(facts, "load_1min")})},
          {"library_build_type", "release"},
          {"json_schema_version", kJsonSchemaVersion},
          {"kernel_release", printable(known_fact(facts, "kernel_release"))}};
}

struct Family {
  size_t index = 0;
  std::string name = {};
  size_t repetitions = 0;
  size_t next = 0;
};

/// Rows as texts: as a tree a million of them would take gigabytes.
void add_rows(const SampleSet& set, Family& family, const std::string& label, std::string& text) {
  const std::string name = json_line(Json(family.name));
  const std::string before = "\n  {\"name\": " + name + ", \"family_index\": " + std::to_string(family.index) +
                             ", \"per_family_instance_index\": 0, \"run_name\": " + name +
                             ", \"run_type\": \"iteration\", \"repetitions\": " + std::to_string(family.repetitions) +
                             ", \"repetition_index\": ";
  const std::string behind = ", \"time_unit\": \"ns\", \"label\": " + json_line(Json(label)) + "}";
  constexpr size_t kMostOfARow = 160;
  text.reserve(text.size() + set.values.size() * (before.size() + behind.size() + kMostOfARow));
  for (size_t i = 0; i < set.values.size(); ++i) {
    const int64_t cpu = i < set.cpu_ns.size() ? set.cpu_ns[i] : kMissing;
    const std::string real = exact_figure(set.values[i]);
    if (!text.ends_with('[')) text += ",";
    text += before + std::to_string(family.next++) + ", \"threads\": 1, \"iterations\": 1, \"real_time\": " + real +
            ", \"cpu_time\": " + (cpu > 0 ? std::to_string(cpu) : real) + behind;
  }
}

/// Rows of one name are one sample, whichever results they come from.
std::string document(const Json& context, const std::vector<SampleSet>& sets, const std::vector<std::string>& ids,
                     const std::vector<std::string>& labels) {
  std::map<std::string, Family> families;
  std::vector<std::string> different;
  for (size_t i = 0; i < sets.size(); ++i) {
    const auto [family, is_new] = families.try_emplace(ids[i], Family{.index = families.size()});
    family->second.repetitions += sets[i].values.size();
    if (is_new) different.push_back(ids[i]);
  }
  const std::vector<std::string> names = outside_names(different, kColons);
  for (size_t i = 0; i < names.size(); ++i) families.at(different[i]).name = names[i] + "/real_time";
  std::string text = "{\n \"context\": " + json_line(context) + ",\n \"benchmarks\": [";
  for (size_t i = 0; i < sets.size(); ++i) add_rows(sets[i], families.at(ids[i]), labels[sets[i].of], text);
  text += "\n ]\n}\n";
  return text;
}

}  // namespace

std::string google_benchmark_run(RunViews runs, const RenderOptions&) {
  const std::vector<SampleSet> sets = sample_sets(runs);
  std::vector<std::string> labels;
  labels.reserve(runs.size());
  for (const RunView& view : runs) labels.push_back(printable(run_name(view)));
  std::vector<std::string> ids;
  ids.reserve(sets.size());
  for (const SampleSet& set : sets) ids.push_back(set.id);
  const RunRecord nothing;
  const RunRecord& first = runs.empty() ? nothing : runs[0].record;
  Json head = context(first.run.started_at, first.environment_before);
  head["results"] = join(labels, ", ");
  return document(head, sets, ids, labels);
}

std::string google_benchmark_comparison(const ComparisonView& view, const RenderOptions&) {
  const Comparison& comparison = view.comparison;
  const std::vector<SampleSet> sets = times_only(sample_sets(comparison));
  std::vector<std::string> labels;
  labels.reserve(comparison.sides.size());
  for (const Side& side : comparison.sides) labels.push_back(printable(side.name));
  std::vector<std::string> ids;
  ids.reserve(sets.size());
  for (const SampleSet& set : sets) ids.push_back(full_id(set));
  const BootDigest nothing;
  const bool none = comparison.sides.empty() || comparison.sides[0].boots.empty();
  const BootDigest& first = none ? nothing : comparison.sides[0].boots[0];
  Json head = context(first.started_at, first.environment);
  head["headline"] = printable(comparison.headline);
  return document(head, sets, ids, labels);
}

}  // namespace umb
