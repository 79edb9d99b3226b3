// SPDX-License-Identifier: Apache-2.0
#include "result/record_json.h"

#include "base/text.h"
#include "result/attribution_json.h"
#include "result/column_put.h"
#include "result/json_put.h"
#include "result/tree_builder.h"

#include <algorithm>

namespace umb {

namespace {

/// The config came from our own plan room; should it be no object all the same, a result is worth more than its config.
void put_config(JsonStream& out, const std::string& config_json) {
  out.key("config");
  const Result<ResultNode> config = read_node(config_json, "config");
  if (config.has_value() && config->object() != nullptr) return put_node(out, *config);
  out.null();
}

void put_tool(JsonStream& out, const RunRecord::Tool& tool) {
  out.key("tool");
  out.begin_object();
  put_text(out, "name", tool.name);
  put_text(out, "version", tool.version);
  put_text(out, "commit", tool.commit);
  put_facts(out, "libraries", tool.libraries, JsonStream::kInline);
  out.end_object();
}

void put_run(JsonStream& out, const RunRecord::Run& run) {
  out.key("run");
  out.begin_object();
  put_text(out, "id", run.id);
  put_text(out, "started_at", run.started_at);
  put_text_or_null(out, "finished_at", run.finished_at);
  put_boolean(out, "interrupted", run.interrupted);
  out.key("seed");
  out.unsigned_integer(run.seed);
  put_text_or_null(out, "label", run.label);
  put_config(out, run.config_json);
  put_text_or_null(out, "session", run.session);
  put_text_if_any(out, "imported", run.imported);
  out.end_object();
}

void put_clock(JsonStream& out, const RunRecord::Clock& clock) {
  out.key("clock");
  out.begin_object();
  put_text(out, "name", clock.name);
  put_integer(out, "resolution_ns", clock.resolution_ns);
  put_integer(out, "overhead_ns", clock.overhead_ns);
  put_integer(out, "monotonic_ns", clock.monotonic_ns);
  put_text(out, "utc", clock.utc);
  out.end_object();
}

void put_environment(JsonStream& out, const RunRecord& record) {
  out.key("environment");
  out.begin_object();
  put_facts(out, "before", record.environment_before, JsonStream::kWrapped);
  put_facts(out, "after", record.environment_after, JsonStream::kWrapped);
  put_texts(out, "changed", record.environment_changed);
  out.end_object();
}

void put_checks(JsonStream& out, const std::vector<Check>& checks) {
  out.key("checks");
  out.begin_array();
  for (const Check& check : checks) {
    out.begin_object(JsonStream::kInline);
    put_text(out, "name", check.name);
    put_text(out, "outcome", check.outcome);
    put_text_or_null(out, "message", check.message);
    out.end_object();
  }
  out.end_array();
}

bool has_one_length(const Series& series) {
  const size_t size = series.size();
  const auto fits = [&](const Column& column) { return column.values.size() == size; };
  return series.round.size() == size && series.sequence.size() == size && series.repetition.size() == size &&
         series.warmup.size() == size && series.started_at_ns.size() == size && series.errno_value.size() == size &&
         std::ranges::all_of(series.metrics, fits) && std::ranges::all_of(series.phases, fits);
}

}  // namespace

Result<void> check_series(const RunRecord& record) {
  for (const CaseRecord& one : record.cases) {
    if (!has_one_length(one.samples)) return fail("the samples of " + quoted(one.spec.id) + " differ in length");
  }
  for (const Attribution& one : record.attributions) {
    if (!has_one_length(one)) return fail("the attributed samples of " + quoted(one.case_id) + " differ in length");
  }
  return {};
}

void put_series(JsonStream& out, const Series& series) {
  out.key("samples");
  out.begin_object();
  put_column(out, "round", series.round);
  put_column(out, "sequence", series.sequence);
  put_column(out, "repetition", series.repetition);
  put_column(out, "warmup", series.warmup);
  // Always an array: something has to say how many samples there are.
  put_column(out, "started_at_ns", series.started_at_ns, Single::kNever);
  put_column(out, "errno", series.errno_value);
  for (const Column& column : series.metrics) put_column(out, column.name, column.values);
  out.end_object();
  out.key("phases");
  out.begin_object();
  for (const Column& column : series.phases) put_column(out, column.name, column.values);
  out.end_object();
}

void put_round(JsonStream& out, const Round& round) {
  out.begin_object();
  put_integer(out, "index", round.index);
  put_integer(out, "pid", round.pid);
  put_text(out, "started_at", round.started_at);
  put_texts(out, "order", round.order);
  put_share(out, "foreign_cpu_share", round.foreign_cpu_share);
  put_share(out, "steal_share", round.steal_share);
  put_boolean(out, "disturbed", round.disturbed);
  put_text_or_null(out, "reason", round.reason);
  if (round.repeats_disturbed) put_boolean(out, "repeats_disturbed", true);
  put_facts(out, "probes", round.probes, JsonStream::kInline);
  out.end_object();
}

void put_parameters(JsonStream& out, const std::vector<Parameter>& parameters) {
  out.begin_object(JsonStream::kInline);
  for (const Parameter& parameter : parameters) put_text(out, parameter.name, parameter.value);
  out.end_object();
}

void put_metrics(JsonStream& out, const std::vector<MetricInfo>& metrics) {
  out.key("metrics");
  out.begin_object();
  for (const MetricInfo& metric : metrics) {
    out.key(metric.name);
    out.begin_object(JsonStream::kInline);
    put_text(out, "unit", metric.unit);
    put_text_or_null(out, "better", metric.better);
    if (!metric.missing_reason.empty()) put_text(out, "missing", metric.missing_reason);
    out.end_object();
  }
  out.end_object();
}

void put_case(JsonStream& out, const CaseRecord& record, WithSamples samples) {
  out.begin_object();
  put_text(out, "id", record.spec.id);
  put_text(out, "scenario", record.spec.scenario);
  out.key("parameters");
  put_parameters(out, record.spec.parameters);
  put_text(out, "outcome", record.outcome);
  put_text_or_null(out, "reason", record.reason);
  put_text_or_null(out, "stop_reason", record.stop_reason);
  put_metrics(out, record.metrics);
  put_checks(out, record.checks);
  if (!record.facts.empty()) put_facts(out, "facts", record.facts, JsonStream::kInline);
  if (samples == WithSamples::kYes) put_series(out, record.samples);
  out.end_object();
}

void put_warning(JsonStream& out, const Warning& warning) {
  out.begin_object(JsonStream::kInline);
  put_text(out, "code", warning.code);
  put_text(out, "message", warning.message);
  put_text_or_null(out, "case", warning.case_id);
  out.end_object();
}

void put_record(JsonStream& out, const RunRecord& record, WithSamples samples) {
  out.begin_object();
  put_integer(out, "schema_version", kSchemaVersion);
  put_tool(out, record.tool);
  put_run(out, record.run);
  put_clock(out, record.clock);
  put_environment(out, record);
  put_text_or_null(out, "boot_id", record.boot_id);
  out.key("rounds");
  out.begin_array();
  for (const Round& round : record.rounds) put_round(out, round);
  out.end_array();
  out.key("cases");
  out.begin_array();
  for (const CaseRecord& one : record.cases) put_case(out, one, samples);
  out.end_array();
  if (samples == WithSamples::kYes) put_attributions(out, record.attributions);
  out.key("warnings");
  out.begin_array();
  for (const Warning& warning : record.warnings) put_warning(out, warning);
  out.end_array();
  out.end_object();
}

}  // namespace umb
