// SPDX-License-Identifier: Apache-2.0
#include "boots.h"

#include "compare/digest.h"
#include "compare/rows.h"
#include "compare/units.h"
#include "result/baseline_file.h"
#include "result/plan_facts.h"
#include "result/reader.h"
#include "stats/quantile.h"

#include <algorithm>
#include <cmath>

namespace umb::aa {

namespace {

constexpr double kQuantile = 0.5;
constexpr double kTrimmedShare = 0.2;

std::string boot_key(const BootDigest& boot) {
  return boot.boot_id.empty() ? "run " + boot.run_id : boot.boot_id;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::vector<double> evenly(const std::vector<int64_t>& values) {
  const size_t count = std::min(values.size(), kMostSamples);
  std::vector<double> chosen;
  for (size_t i = 0; i < count; ++i) chosen.push_back(static_cast<double>(values[i * values.size() / count]));
  return chosen;
}

Boot boot_of(const std::vector<double>& logs, const std::vector<int64_t>& samples) {
  Boot boot{.log_value = mean_of(logs), .samples = evenly(samples)};
  std::vector<double> sorted = boot.samples;
  std::ranges::sort(sorted);
  if (!sorted.empty()) boot.log_trimmed = std::log(trimmed_mean(sorted, kTrimmedShare));
  return boot;
}

}  // namespace

bool Series::has_samples() const {
  return std::ranges::none_of(boots, [](const Boot& boot) { return boot.samples.empty(); });
}

Collector::Case& Collector::case_of(const std::string& name) {
  const auto found = std::ranges::find(cases_, name, &Case::name);
  return found == cases_.end() ? cases_.emplace_back(Case{name, {}, {}}) : *found;
}

Collector::Parts* Collector::add_value(const std::string& name, const BootDigest& boot, const CaseDigest& one) {
  const std::optional<double> value = log_quantile({&one}, metric_, kQuantile);
  if (!value.has_value()) return nullptr;
  Case& to = case_of(name);
  const auto [place, is_new] = to.boots.try_emplace(boot_key(boot));
  if (is_new) to.boot_keys.push_back(place->first);
  place->second.logs.push_back(*value);
  return &place->second;
}

void Collector::add(const RunRecord& record, const PlanFacts& plan, const std::string& source,
                    const std::string& prefix) {
  const BootDigest boot = digest(record, plan, source, {.metrics = {metric_}, .quantiles = {}});
  for (size_t i = 0; i < record.cases.size(); ++i) {
    const CaseRecord& one = record.cases[i];
    Parts* parts = add_value(prefix + one.spec.id, boot, boot.whole.cases[i]);
    if (parts == nullptr) continue;
    const SampleRows rows = sort_out(one, record.rounds);
    const std::vector<int64_t> values =
        pick(one.samples.metric(metric_), metric_ == "released_ns" ? rows.worked : rows.counted);
    parts->samples.insert(parts->samples.end(), values.begin(), values.end());
  }
}

void Collector::add(const BootDigest& digest) {
  for (const CaseDigest& one : digest.whole.cases) add_value(one.spec.id, digest, one);
}

std::vector<Set> Collector::take() {
  std::vector<Set> sets;
  std::vector<std::vector<std::string>> keys;
  for (const Case& one : cases_) {
    Series series{.name = one.name, .boots = {}};
    for (const std::string& key : one.boot_keys) {
      const Parts& parts = one.boots.at(key);
      series.boots.push_back(boot_of(parts.logs, parts.samples));
    }
    const auto place = std::ranges::find(keys, one.boot_keys) - keys.begin();
    if (place == std::ssize(keys)) {
      keys.push_back(one.boot_keys);
      sets.emplace_back();
    }
    sets[static_cast<size_t>(place)].push_back(std::move(series));
  }
  cases_.clear();
  return sets;
}

Result<void> read_result_file(const std::string& path, const std::string& metric, Collector& to) {
  UMB_ASSIGN(const bool baseline, is_baseline(path));
  if (!baseline) {
    UMB_ASSIGN(const Loaded loaded, load_result(path, {.columns = {"return_ns", metric}}));
    to.add(loaded.record, plan_facts(loaded.record.run.config_json), path, "");
    return {};
  }
  UMB_ASSIGN(const std::vector<BootDigest> boots, load_baseline(path));
  for (const BootDigest& boot : boots) to.add(boot);
  return {};
}

}  // namespace umb::aa
