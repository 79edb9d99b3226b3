// SPDX-License-Identifier: Apache-2.0
#include "result/baseline_case.h"
#include "result/json_put.h"
#include "result/record_json.h"

#include <algorithm>

namespace umb {

namespace {

bool same(const std::vector<Parameter>& a, const std::vector<Parameter>& b) {
  return std::ranges::equal(
      a, b, [](const Parameter& x, const Parameter& y) { return x.name == y.name && x.value == y.value; });
}

void put_spec(JsonStream& out, const Case& spec, const BaselineTables& tables) {
  put_text(out, "id", spec.id);
  const Case usual = tables.spec_of(spec.id);
  if (usual.scenario != spec.scenario) put_text(out, "scenario", spec.scenario);
  if (same(usual.parameters, spec.parameters)) return;
  out.key("parameters");
  put_parameters(out, spec.parameters);
}

void put_failed_checks(JsonStream& out, const std::vector<Check>& checks) {
  out.key("failed_checks");
  out.begin_array(JsonStream::kInline);
  for (const Check& check : checks) {
    out.begin_object(JsonStream::kInline);
    put_text(out, "name", check.name);
    put_text_if_any(out, "message", check.message);
    out.end_object();
  }
  out.end_array();
}

void put_grid(JsonStream& out, const std::vector<int64_t>& grid) {
  out.key("grid_steps");
  out.begin_array(JsonStream::kInline);
  int64_t before = 0;
  for (const int64_t point : grid) {
    out.integer(point - before);
    before = point;
  }
  out.end_array();
}

void put_metric(JsonStream& out, const MetricDigest& metric, size_t worked, const MetricInfo& usual) {
  out.key(metric.name);
  out.begin_object(JsonStream::kInline);
  if (metric.unit != usual.unit) put_text(out, "unit", metric.unit);
  if (metric.better != usual.better) put_text_or_null(out, "better", metric.better);
  if (metric.missing_reason != usual.missing_reason) put_text(out, "missing", metric.missing_reason);
  if (metric.count != worked) put_integer(out, "count", static_cast<int64_t>(metric.count));
  if (std::pair(metric.minimum, metric.maximum) != usual_range(metric.grid)) {
    put_numbers(out, "range", {metric.minimum, metric.maximum});
  }
  if (!metric.quantiles.empty()) {
    std::vector<double> values;
    values.reserve(metric.quantiles.size());
    for (const QuantileValue& one : metric.quantiles) values.push_back(one.value);
    put_numbers(out, "quantiles", values);
  }
  if (!metric.grid.empty()) put_grid(out, metric.grid);
  out.end_object();
}

void put_shape(JsonStream& out, const Shape& shape) {
  const Shape plain;
  if (shape.autocorrelation_time != plain.autocorrelation_time) {
    out.key("autocorrelation_time");
    put_number(out, shape.autocorrelation_time);
  }
  if (shape.trend_ratio != plain.trend_ratio) {
    out.key("trend_ratio");
    put_number(out, shape.trend_ratio);
  }
  if (shape.modes.empty()) return;
  out.key("modes");
  put_modes(out, shape.modes);
}

void put_waits(JsonStream& out, const char* key, const std::vector<CountedCalls>& calls) {
  if (calls.empty()) return;
  out.key(key);
  put_counted_calls(out, calls);
}

}  // namespace

void put_case_digest(JsonStream& out, const CaseDigest& whole, const std::vector<const CaseDigest*>& rounds,
                     const BaselineTables& tables) {
  out.begin_object(JsonStream::kTight);
  put_spec(out, whole.spec, tables);
  if (whole.outcome != "measured") put_text(out, "outcome", whole.outcome);
  put_text_if_any(out, "reason", whole.reason);
  put_integer(out, "samples", static_cast<int64_t>(whole.samples));
  if (!whole.errnos.empty()) {
    out.key("errnos");
    put_errnos(out, whole.errnos);
  }
  if (!whole.failed_checks.empty()) put_failed_checks(out, whole.failed_checks);
  if (!whole.facts.empty()) put_facts(out, "facts", whole.facts, JsonStream::kInline);
  out.key("metrics");
  out.begin_object();
  for (const MetricDigest& metric : whole.metrics) {
    put_metric(out, metric, worked_of(whole), tables.info_of(metric.name));
  }
  out.end_object();
  put_shape(out, whole.shape);
  put_waits(out, "grace_period_waits", whole.grace_period_waits);
  put_waits(out, "deferred_grace_periods", whole.deferred_grace_periods);
  if (!rounds.empty()) {
    out.key("by_round");
    put_round_columns(out, rounds, tables.round_quantiles);
  }
  out.end_object();
}

}  // namespace umb
