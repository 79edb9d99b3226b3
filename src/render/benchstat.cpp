// SPDX-License-Identifier: Apache-2.0
// The Go benchmark format: "key: value" for what follows, then a line a sample.
#include "base/text.h"
#include "render/comparison_text.h"
#include "render/escape.h"
#include "render/facts_text.h"
#include "render/figures.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"
#include "render/sample_sets.h"

#include <cctype>
#include <map>
#include <set>

namespace umb {

namespace {

/// Holds for all lines that follow; without a value it takes an earlier one back. Other letters than ASCII's may be
/// spaces to Go, and a line of over 64 KiB ends its reading of the whole file.
std::string setting(const std::string& key, const std::string& value) {
  constexpr size_t kMostBytes = 1000;
  const std::string start = value.substr(0, kMostBytes);
  return key + ":" + (value.empty() ? "" : " ") + ascii_text(start) + (start == value ? "" : "...") + "\n";
}

/// Go's own names begin with a capital, and some readers demand it.
std::string benchmark_name(std::string name) {
  name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  return "Benchmark" + name;
}

std::string unit_of(const SampleSet& set) {
  return (set.unit == "ns" ? "ns" : outside_name(set.metric, kDotted)) + "/op";
}

std::string units(const std::vector<SampleSet>& sets) {
  std::set<std::string> lines;
  for (const SampleSet& set : sets) {
    if (set.better == "lower" || set.better == "higher") lines.insert("Unit " + unit_of(set) + " better=" + set.better);
  }
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string samples(const SampleSet& set, const std::string& name) {
  std::string text;
  for (const double value : set.values) {
    text += benchmark_name(name) + " 1 " + exact_figure(value) + " " + unit_of(set) + "\n";
  }
  return text;
}

/// Each result's, or side's, under the settings that tell whose they are.
std::string document(const std::vector<SampleSet>& sets, const std::vector<std::string>& heads) {
  std::vector<std::string> ids;
  std::set<std::string> known;
  for (const SampleSet& set : sets) {
    if (known.insert(set.id).second) ids.push_back(set.id);
  }
  const std::vector<std::string> names = outside_names(ids, kAsItIs);
  std::map<std::string, std::string> name_of;
  for (size_t i = 0; i < ids.size(); ++i) name_of[ids[i]] = names[i];
  std::string text = units(sets);
  for (size_t of = 0; of < heads.size(); ++of) {
    text += "\n" + heads[of];
    for (const SampleSet& set : sets) {
      if (set.of == of) text += samples(set, name_of.at(set.id));
    }
  }
  return text + "\n";
}

}  // namespace

std::string benchstat_run(RunViews runs, const RenderOptions&) {
  std::vector<std::string> heads;
  heads.reserve(runs.size());
  for (const RunView& view : runs) {
    heads.push_back(setting("source", run_name(view)) +
                    setting("kernel", known_fact(view.record.environment_before, "kernel_release")) +
                    setting("label", view.record.run.label));
  }
  return document(sample_sets(runs), heads);
}

std::string benchstat_comparison(const ComparisonView& view, const RenderOptions&) {
  std::vector<std::string> heads;
  heads.reserve(view.comparison.sides.size());
  for (size_t i = 0; i < view.comparison.sides.size(); ++i) {
    heads.push_back(setting("side", side_letter(i) + " " + view.comparison.sides[i].name));
  }
  return setting("verdict", view.comparison.headline) + document(sample_sets(view.comparison), heads);
}

}  // namespace umb
