// SPDX-License-Identifier: Apache-2.0
#include "render/sample_sets.h"

#include "compare/counted_samples.h"
#include "render/comparison_text.h"
#include "render/outside_names.h"

#include <cmath>
#include <set>

namespace umb {

namespace {

SampleSet set_of(const Row& row, const SideFigures& figures, size_t side) {
  return {.id = full_id(TestCase{.id = row.id, .scenario = {}, .figures = {.metric = row.metric}}),
          .of = side,
          .of_key = "side",
          .of_value = side_letter(side),
          .metric = row.metric,
          .unit = row.unit,
          .better = row.better,
          .values = figures.unit_p50};
}

}  // namespace

std::vector<SampleSet> sample_sets(RunViews runs) {
  std::vector<SampleSet> all;
  for (size_t of = 0; of < runs.size(); ++of) {
    const RunRecord& record = runs[of].record;
    all.reserve(all.size() + record.cases.size());
    for (const CaseRecord& one : record.cases) {
      if (!is_sound(one)) continue;
      CountedSamples samples = counted_samples(one, record.rounds);
      if (samples.return_ns.empty()) continue;
      all.push_back({.id = one.spec.id,
                     .of = of,
                     .of_key = runs.size() > 1 ? "result" : "",
                     .of_value = same_run_name(runs[of]),
                     .values = {samples.return_ns.begin(), samples.return_ns.end()},
                     .cpu_ns = std::move(samples.thread_cpu_ns)});
    }
  }
  return all;
}

std::vector<SampleSet> sample_sets(const Comparison& comparison) {
  std::vector<SampleSet> all;
  // A case of A is in the pair of every candidate.
  std::set<std::string> of_baseline;
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) {
      if (!is_sound(row.baseline)) continue;
      if (of_baseline.insert(row.id).second) all.push_back(set_of(row, row.baseline, 0));
    }
  }
  for (const Pair& pair : comparison.pairs) {
    all.reserve(all.size() + pair.rows.size());
    for (const Row& row : pair.rows) {
      if (is_sound(row.candidate)) all.push_back(set_of(row, row.candidate, pair.candidate));
    }
  }
  for (SampleSet& set : all) std::erase_if(set.values, [](double value) { return !std::isfinite(value); });
  std::erase_if(all, [](const SampleSet& set) { return set.values.empty(); });
  return all;
}

std::vector<SampleSet> times_only(std::vector<SampleSet> sets) {
  std::erase_if(sets, [](const SampleSet& set) { return set.unit != "ns"; });
  return sets;
}

std::string full_id(const SampleSet& set) {
  return full_id(TestCase{.id = set.id, .scenario = {}, .of_key = set.of_key, .of_value = set.of_value});
}

}  // namespace umb
