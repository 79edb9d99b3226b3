// SPDX-License-Identifier: Apache-2.0
#include "result/record_decode.h"

#include "base/text.h"
#include "result/attribution_json.h"
#include "result/json_events.h"

#include <unordered_set>

namespace umb {

namespace {

void decode_tool(ObjectReader& root, RunRecord::Tool& tool, DecodeState& state) {
  const ResultNode* node = root.need("tool");
  if (node == nullptr) return;
  ObjectReader reader(*node, root.pointer_to("tool"), state);
  reader.text("name", tool.name);
  reader.text("version", tool.version);
  reader.text("commit", tool.commit);
  reader.facts("libraries", tool.libraries);
  reader.finish();
}

void decode_config(ObjectReader& run, std::string& config_json) {
  const ResultNode* node = run.need("config");
  if (node == nullptr || node->is_null()) return;
  if (node->object() == nullptr) return run.wrong("config", std::string("expected an object, found ") + node->kind());
  JsonStream text(
      [&](std::string_view piece) -> Result<void> {
        config_json += piece;
        return {};
      },
      JsonStream::Layout::kOneLine);
  put_node(text, *node);
  static_cast<void>(text.finish());  // a string takes all
}

void decode_run(ObjectReader& root, RunRecord::Run& run, DecodeState& state) {
  const ResultNode* node = root.need("run");
  if (node == nullptr) return;
  ObjectReader reader(*node, root.pointer_to("run"), state);
  reader.text("id", run.id);
  reader.text("started_at", run.started_at);
  reader.text_or_null("finished_at", run.finished_at);
  reader.boolean("interrupted", run.interrupted);
  reader.unsigned_integer("seed", run.seed);
  reader.text_or_null("label", run.label);
  decode_config(reader, run.config_json);
  reader.text_or_null("session", run.session);
  reader.text_if_there("imported", run.imported);
  reader.finish();
}

void decode_clock(ObjectReader& root, RunRecord::Clock& clock, DecodeState& state) {
  const ResultNode* node = root.need("clock");
  if (node == nullptr) return;
  ObjectReader reader(*node, root.pointer_to("clock"), state);
  reader.text("name", clock.name);
  reader.integer("resolution_ns", clock.resolution_ns);
  reader.integer("overhead_ns", clock.overhead_ns);
  reader.integer("monotonic_ns", clock.monotonic_ns);
  reader.text("utc", clock.utc);
  reader.finish();
}

void decode_environment(ObjectReader& root, RunRecord& record, DecodeState& state) {
  const ResultNode* node = root.need("environment");
  if (node == nullptr) return;
  ObjectReader reader(*node, root.pointer_to("environment"), state);
  reader.facts("before", record.environment_before);
  reader.facts("after", record.environment_after);
  reader.texts("changed", record.environment_changed);
  reader.finish();
}

Check decode_check(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  Check check;
  ObjectReader reader(node, pointer, state);
  reader.text("name", check.name);
  reader.word("outcome", check.outcome, {"passed", "failed"});
  reader.text_or_null("message", check.message);
  reader.finish();
  return check;
}

void check_ids(ObjectReader& root, const RunRecord& record) {
  std::unordered_set<std::string_view> ids;
  for (const CaseRecord& one : record.cases) {
    if (one.spec.id.empty()) return root.wrong("cases", "a case without a name");
    if (ids.insert(one.spec.id).second) continue;
    return root.wrong("cases", "there are two cases " + quoted(std::string_view(one.spec.id).substr(0, 256)));
  }
}

}  // namespace

Round decode_round(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  Round round;
  int64_t index = 0;
  ObjectReader reader(node, pointer, state);
  reader.integer("index", index, 0, UINT32_MAX);
  reader.integer("pid", round.pid);
  reader.text("started_at", round.started_at);
  reader.texts("order", round.order);
  reader.share("foreign_cpu_share", round.foreign_cpu_share);
  reader.share("steal_share", round.steal_share);
  reader.boolean("disturbed", round.disturbed);
  reader.text_or_null("reason", round.reason);
  reader.boolean_if_there("repeats_disturbed", round.repeats_disturbed);
  reader.facts("probes", round.probes);
  reader.finish();
  round.index = static_cast<uint32_t>(index);
  return round;
}

MetricInfo decode_metric(const ResultMember& member, const std::string& pointer, DecodeState& state) {
  MetricInfo metric{.name = member.key};
  ObjectReader reader(member.node, pointer, state);
  reader.text("unit", metric.unit);
  reader.text_or_null("better", metric.better);
  reader.text_if_there("missing", metric.missing_reason);
  if (!metric.better.empty()) reader.word("better", metric.better, {"lower", "higher"});
  reader.finish();
  return metric;
}

std::vector<Parameter> decode_parameters(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  std::vector<Parameter> parameters;
  const ResultNode::Object* object = node.object();
  if (object == nullptr) state.wrong(node, pointer, std::string("expected an object, found ") + node.kind());
  if (state.failed()) return parameters;
  for (const ResultMember& member : *object) {
    if (member.node.text() == nullptr) {
      state.wrong(member.node, pointer + json_pointer({{.key = member.key}}), "expected a text");
    } else {
      parameters.push_back({member.key, *member.node.text()});
    }
  }
  return parameters;
}

CaseRecord decode_case(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  CaseRecord record;
  ObjectReader reader(node, pointer, state);
  reader.text("id", record.spec.id);
  reader.text("scenario", record.spec.scenario);
  if (const ResultNode* parameters = reader.need("parameters")) {
    record.spec.parameters = decode_parameters(*parameters, reader.pointer_to("parameters"), state);
  }
  reader.word("outcome", record.outcome, {"measured", "skipped", "failed"});
  reader.text_or_null("reason", record.reason);
  reader.text_or_null("stop_reason", record.stop_reason);
  reader.each_member("metrics", [&](const ResultMember& member, const std::string& where) {
    record.metrics.push_back(decode_metric(member, where, state));
  });
  reader.each("checks", [&](const ResultNode& item, const std::string& where) {
    record.checks.push_back(decode_check(item, where, state));
  });
  if (reader.look("facts") != nullptr) reader.facts("facts", record.facts);
  // Their columns have been taken out of the tree; what is left must be the objects that they were in.
  for (const char* key : {"samples", "phases"}) {
    const ResultNode* columns = reader.look(key);
    if (columns == nullptr || columns->object() != nullptr) continue;
    reader.wrong(key, std::string("expected an object of columns, found ") + columns->kind());
  }
  reader.finish();
  return record;
}

Warning decode_warning(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  Warning warning;
  ObjectReader reader(node, pointer, state);
  reader.text("code", warning.code);
  reader.text("message", warning.message);
  reader.text_or_null("case", warning.case_id);
  reader.finish();
  return warning;
}

RunRecord decode_record(const ResultNode& root, DecodeState& state) {
  RunRecord record;
  ObjectReader reader(root, "", state);
  int64_t version = 0;
  reader.integer("schema_version", version, 1, kSchemaVersion);
  decode_tool(reader, record.tool, state);
  decode_run(reader, record.run, state);
  decode_clock(reader, record.clock, state);
  decode_environment(reader, record, state);
  reader.text_or_null("boot_id", record.boot_id);
  reader.each("rounds", [&](const ResultNode& item, const std::string& pointer) {
    record.rounds.push_back(decode_round(item, pointer, state));
  });
  reader.each("cases", [&](const ResultNode& item, const std::string& pointer) {
    record.cases.push_back(decode_case(item, pointer, state));
  });
  reader.each("warnings", [&](const ResultNode& item, const std::string& pointer) {
    record.warnings.push_back(decode_warning(item, pointer, state));
  });
  check_ids(reader, record);
  decode_attributions(reader, record, state);
  reader.finish();
  return record;
}

}  // namespace umb
