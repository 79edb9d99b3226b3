// SPDX-License-Identifier: Apache-2.0
#include "compare/digest.h"

#include "compare/curves.h"
#include "compare/rows.h"
#include "stats/autocorrelation.h"
#include "stats/modes.h"
#include "stats/quantile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>
#include <string_view>

namespace umb {

namespace {

/// Codes of the warnings that bear on what a comparison is about: the RCU settings and what was asked for at boot.
constexpr std::array<std::string_view, 3> kWarningsOfWhatIsTested{"rcu_mode_not_confirmed",
                                                                  "rcu_parameter_without_effect", "command_line_cut"};
constexpr size_t kGrid = 101;
constexpr size_t kFewestForTrend = 20;

std::vector<double> all_quantiles(const std::vector<double>& further) {
  std::vector<double> all{0.5, 0.9, 0.95, 0.99};
  all.insert(all.end(), further.begin(), further.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

MetricDigest digest_metric(const MetricInfo& info, std::span<const int64_t> sorted, const DigestOptions& options) {
  MetricDigest digest{.name = info.name,
                      .unit = info.unit,
                      .better = info.better,
                      .count = sorted.size(),
                      .minimum = 0,
                      .maximum = 0,
                      .quantiles = {},
                      .grid = {},
                      .missing_reason = info.missing_reason};
  if (sorted.empty()) return digest;
  digest.minimum = static_cast<double>(sorted.front());
  digest.maximum = static_cast<double>(sorted.back());
  for (const double p : all_quantiles(options.quantiles)) digest.quantiles.push_back({p, harrell_davis(sorted, p)});
  // A ratio is asked of them, and there is none of 0.
  if (!options.zeros && digest.quantiles.front().value <= 0) digest.quantiles.clear();
  if (!options.grid || info.name != "return_ns") return digest;
  for (size_t step = 0; step < kGrid; ++step) {
    digest.grid.push_back(std::llround(quantile(sorted, static_cast<double>(step) / (kGrid - 1))));
  }
  return digest;
}

double median_of(std::span<const int64_t> values) {
  std::vector<int64_t> work(values.begin(), values.end());
  const auto middle = work.begin() + static_cast<std::ptrdiff_t>(work.size() / 2);
  std::nth_element(work.begin(), middle, work.end());
  return static_cast<double>(*middle);
}

Shape shape_of(std::span<const int64_t> in_time_order, std::span<const int64_t> sorted) {
  Shape shape;
  shape.autocorrelation_time = autocorrelation_time(in_time_order);
  if (in_time_order.size() >= kFewestForTrend) {
    const size_t half = in_time_order.size() / 2;
    const double before = median_of(in_time_order.first(half));
    if (before > 0) shape.trend_ratio = median_of(in_time_order.last(half)) / before;
  }
  for (const FoundMode& mode : find_modes(sorted)) shape.modes.push_back({mode.share, mode.centre});
  return shape;
}

CaseDigest digest_case(const CaseRecord& record, const SampleRows& rows, const DigestOptions& options) {
  CaseDigest digest{.spec = record.spec,
                    .outcome = record.outcome,
                    .reason = record.reason,
                    .samples = rows.failed + rows.worked.size() + rows.left_out,
                    .errnos = rows.errnos,
                    .failed_checks = {},
                    .facts = record.facts,
                    .metrics = {},
                    .shape = {}};
  for (const Check& check : record.checks) {
    if (check.outcome == "failed") digest.failed_checks.push_back(check);
  }
  for (const MetricInfo& info : record.metrics) {
    if (std::find(options.metrics.begin(), options.metrics.end(), info.name) == options.metrics.end()) continue;
    const std::vector<int64_t> values =
        pick(record.samples.metric(info.name), info.name == "released_ns" ? rows.worked : rows.counted);
    std::vector<int64_t> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    digest.metrics.push_back(digest_metric(info, sorted, options));
    if (info.name == "return_ns") digest.shape = shape_of(values, sorted);
  }
  return digest;
}

std::vector<CountedCalls> counted_calls(const std::vector<int64_t>& counts) {
  std::map<int64_t, size_t> seen;
  for (const int64_t count : counts) ++seen[count];
  std::vector<CountedCalls> calls;
  for (const auto& [value, samples] : seen) calls.push_back({value, samples});
  return calls;
}

void add_waits(const RunRecord& record, UnitDigest& unit) {
  std::map<std::string, const Attribution*> traced;
  for (const Attribution& one : record.attributions) {
    if (one.method == "traced") traced[one.case_id] = &one;
  }
  for (CaseDigest& one : unit.cases) {
    const auto found = traced.find(one.spec.id);
    if (found == traced.end()) continue;
    one.grace_period_waits = counted_calls(found->second->grace_period_waits);
    one.deferred_grace_periods = counted_calls(found->second->deferred_grace_periods);
  }
}

UnitDigest whole_of(const RunRecord& record, const DigestOptions& options) {
  UnitDigest unit;
  unit.disturbed = !record.rounds.empty() &&
                   std::all_of(record.rounds.begin(), record.rounds.end(), [](const Round& r) { return r.disturbed; });
  for (const CaseRecord& one : record.cases) {
    const SampleRows rows = sort_out(one, record.rounds);
    unit.cases.push_back(digest_case(one, rows, options));
    if (options.curve_points > 0) unit.cases.back().curves = curves_of(record, one, rows, options.curve_points);
  }
  add_waits(record, unit);
  return unit;
}

std::vector<UnitDigest> rounds_of(const RunRecord& record, DigestOptions options) {
  options.grid = false;
  std::vector<UnitDigest> units;
  units.reserve(record.rounds.size());
  for (const Round& round : record.rounds) {
    units.push_back({.round = round.index, .disturbed = round.disturbed, .cases = {}});
  }
  for (const CaseRecord& one : record.cases) {
    const std::vector<std::vector<size_t>> samples = samples_by_round(one, units.size());
    for (size_t i = 0; i < units.size(); ++i) {
      units[i].cases.push_back(digest_case(one, sort_out(one, samples[i]), options));
    }
  }
  return units;
}

}  // namespace

BootDigest digest(const RunRecord& record, const PlanFacts& plan, const std::string& source,
                  const DigestOptions& options) {
  BootDigest boot{.source = source,
                  .run_id = record.run.id,
                  .session = record.run.session,
                  .label = record.run.label,
                  .boot_id = record.boot_id,
                  .started_at = record.run.started_at,
                  .finished_at = record.run.finished_at,
                  .interrupted = record.run.interrupted,
                  .tool_version = record.tool.version,
                  .imported = record.run.imported,
                  .plan = plan,
                  .clock = {{"name", record.clock.name},
                            {"resolution_ns", record.clock.resolution_ns},
                            {"overhead_ns", record.clock.overhead_ns}},
                  .environment = record.environment_before,
                  .environment_changed = record.environment_changed,
                  .rcu_warnings = {},
                  .rounds = record.rounds.size(),
                  .disturbed_rounds = 0,
                  .whole = whole_of(record, options),
                  .by_round = {},
                  .samples_gone = false};
  for (const Warning& warning : record.warnings) {
    const bool tells = std::ranges::find(kWarningsOfWhatIsTested, warning.code) != kWarningsOfWhatIsTested.end();
    if (tells) boot.rcu_warnings.push_back(warning);
  }
  for (const Round& round : record.rounds) boot.disturbed_rounds += round.disturbed ? 1 : 0;
  if (options.by_round && record.rounds.size() > 1) boot.by_round = rounds_of(record, options);
  return boot;
}

}  // namespace umb
