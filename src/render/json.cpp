// SPDX-License-Identifier: Apache-2.0
#include "render/json.h"

#include "compare/in_words.h"
#include "render/json_text.h"
#include "render/run_header.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kReportSchemaVersion = 1;

constexpr auto number = json_number<Json>;

Json errnos_json(const std::vector<ErrnoCount>& errnos) {
  Json all = Json::array();
  for (const ErrnoCount& one : errnos) all.push_back({{"errno", one.errno_value}, {"count", one.count}});
  return all;
}

/// Those of them that failed.
Json failed_checks_json(const std::vector<Check>& checks) {
  Json all = Json::array();
  for (const Check& one : checks) {
    if (one.outcome == "failed") all.push_back({{"name", one.name}, {"message", one.message}});
  }
  return all;
}

Json case_json(const CaseRecord& one, const CaseSummary& summary) {
  Json phases = Json::object();
  for (const PhaseSummary& phase : summary.phases) phases[phase.name] = number(phase.p50_ns);
  Json interval = nullptr;
  if (summary.p50_interval_ns) {
    interval = Json::array({number(summary.p50_interval_ns->low), number(summary.p50_interval_ns->high)});
  }
  return {{"id", one.spec.id},
          {"outcome", one.outcome},
          {"reason", one.reason},
          {"counted", summary.counted},
          {"warm_up", summary.warm_up},
          {"failed", summary.failed},
          {"left_out", summary.left_out},
          {"watched", summary.watched},
          {"min_ns", number(summary.min_ns)},
          {"p50_ns", number(summary.p50_ns)},
          {"p50_interval_ns", interval},
          {"p90_ns", number(summary.p90_ns)},
          {"p99_ns", number(summary.p99_ns)},
          {"max_ns", number(summary.max_ns)},
          {"released_p50_ns", number(summary.released_p50_ns)},
          {"switches_per_call", number(summary.switches_per_call)},
          {"thread_cpu_p50_ns", number(summary.thread_cpu_p50_ns)},
          {"phases_p50_ns", phases},
          {"errnos", errnos_json(summary.failed_by_errno)},
          {"failed_checks", failed_checks_json(one.checks)}};
}

Json run_json(const RunView& view) {
  const RunRecord& record = view.record;
  Json cases = Json::array();
  for (size_t i = 0; i < std::min(record.cases.size(), view.summaries.size()); ++i) {
    cases.push_back(case_json(record.cases[i], view.summaries[i]));
  }
  return {{"source", view.source},
          {"id", record.run.id},
          {"label", record.run.label},
          {"session", record.run.session},
          {"boot_id", record.boot_id},
          {"started_at", record.run.started_at},
          {"finished_at", record.run.finished_at},
          {"interrupted", record.run.interrupted},
          {"tool_version", record.tool.version},
          {"kernel_release", fact_text(record.environment_before, "kernel_release")},
          {"warnings", warning_lines(view)},
          {"cases", cases},
          {"in_words", in_words(record, view.summaries)}};
}

Json waits_json(const std::optional<WaitFigures>& waits) {
  if (!waits) return nullptr;
  return {{"calls", waits->calls},
          {"usual", waits->usual},
          {"usual_calls", waits->usual_calls},
          {"deferred_a_call", number(waits->deferred)}};
}

Json figures_json(const SideFigures& side) {
  Json units = Json::array();
  for (const double value : side.unit_p50) units.push_back(number(value));
  return {{"units", side.units},
          {"samples", side.samples},
          {"attempts", side.attempts},
          {"minimum", number(side.minimum)},
          {"p50", number(side.p50)},
          {"p90", number(side.p90)},
          {"p95", number(side.p95)},
          {"p99", number(side.p99)},
          {"maximum", number(side.maximum)},
          {"spread", number(side.spread)},
          {"unit_p50", units},
          {"errnos", errnos_json(side.errnos)},
          {"failed_checks", failed_checks_json(side.failed_checks)},
          {"grace_period_waits", waits_json(side.waits)}};
}

Json quantile_json(const QuantileResult& result) {
  Json units_wanted = nullptr;
  if (result.units_wanted) units_wanted = *result.units_wanted;
  return {{"p", number(result.p)},
          {"gated", result.gated},
          {"method", method_name(result.method)},
          {"baseline", number(result.baseline)},
          {"candidate", number(result.candidate)},
          {"ratio", number(result.ratio)},
          {"low", number(result.low)},
          {"high", number(result.high)},
          {"rank_low", number(result.rank_low)},
          {"rank_high", number(result.rank_high)},
          {"p_value", number(result.p_value)},
          {"adjusted", number(result.adjusted)},
          {"verdict", verdict_name(result.verdict)},
          {"beyond_threshold", result.beyond_threshold},
          {"units_wanted", units_wanted}};
}

Json row_json(const Row& row) {
  Json parameters = Json::object();
  for (const Parameter& one : row.spec.parameters) parameters[one.name] = one.value;
  Json quantiles = Json::array();
  for (const QuantileResult& result : row.quantiles) quantiles.push_back(quantile_json(result));
  return {{"case", row.id},
          {"scenario", row.spec.scenario},
          {"parameters", parameters},
          {"metric", row.metric},
          {"unit", row.unit},
          {"better", row.better},
          {"verdict", verdict_name(row.verdict)},
          {"gated", row.gated},
          {"fails", row.fails},
          {"grace_period_waits", wait_change_name(row.waits)},
          {"marks", row.marks},
          {"words", row.words},
          {"notes", row.notes},
          {"baseline", figures_json(row.baseline)},
          {"candidate", figures_json(row.candidate)},
          {"quantiles", quantiles}};
}

Json boot_json(const BootDigest& boot) {
  return {{"source", boot.source},
          {"run_id", boot.run_id},
          {"boot_id", boot.boot_id},
          {"session", boot.session},
          {"label", boot.label},
          {"started_at", boot.started_at},
          {"finished_at", boot.finished_at},
          {"interrupted", boot.interrupted},
          {"tool_version", boot.tool_version},
          {"plan", boot.plan.name},
          {"kernel_release", fact_text(boot.environment, "kernel_release")},
          {"rounds", boot.rounds},
          {"disturbed_rounds", boot.disturbed_rounds},
          {"samples_gone", boot.samples_gone}};
}

Json side_json(const Side& side) {
  Json boots = Json::array();
  for (const BootDigest& boot : side.boots) boots.push_back(boot_json(boot));
  return {{"name", side.name}, {"boot_count", side.boot_count}, {"boots", boots}};
}

Json pair_json(const Comparison& comparison, const Pair& pair) {
  Json rows = Json::array();
  for (const Row& row : pair.rows) rows.push_back(row_json(row));
  return {{"baseline", comparison.sides[0].name},
          {"candidate", comparison.sides[pair.candidate].name},
          {"paired", pair.paired},
          {"across_sessions", pair.across_sessions},
          {"unit_of_comparison", pair.unit},
          {"threshold", number(pair.threshold)},
          {"differences", pair.differences},
          {"warnings", pair.warnings},
          {"only_baseline", pair.only_baseline},
          {"only_candidate", pair.only_candidate},
          {"rows", rows}};
}

}  // namespace

std::string json_run(RunViews runs, const RenderOptions&) {
  Json all = Json::array();
  for (const RunView& view : runs) all.push_back(run_json(view));
  return json_document(Json{{"schema_version", kReportSchemaVersion}, {"kind", "runs"}, {"runs", all}});
}

std::string json_comparison(const ComparisonView& view, const RenderOptions&) {
  const Comparison& comparison = view.comparison;
  Json sides = Json::array();
  for (const Side& side : comparison.sides) sides.push_back(side_json(side));
  Json pairs = Json::array();
  for (const Pair& pair : comparison.pairs) pairs.push_back(pair_json(comparison, pair));
  return json_document(Json{{"headline", comparison.headline},
                            {"schema_version", kReportSchemaVersion},
                            {"kind", "comparison"},
                            {"verdict", verdict_name(comparison.verdict)},
                            {"fails", comparison.fails},
                            {"metric", comparison.metric},
                            {"by", comparison.by},
                            {"threshold", number(comparison.threshold)},
                            {"alpha", number(comparison.alpha)},
                            {"gate", comparison.gate},
                            {"gate_size", comparison.gate_size},
                            {"warnings", comparison.warnings},
                            {"sides", sides},
                            {"pairs", pairs}});
}

}  // namespace umb
