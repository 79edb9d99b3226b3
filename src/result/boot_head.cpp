// SPDX-License-Identifier: Apache-2.0
#include "result/boot_head.h"

#include "result/json_put.h"
#include "result/record_decode.h"
#include "result/record_json.h"

#include <algorithm>

namespace umb {

namespace {

std::vector<std::string> ids_of(const UnitDigest& unit) {
  std::vector<std::string> ids;
  ids.reserve(unit.cases.size());
  for (const CaseDigest& one : unit.cases) ids.push_back(one.spec.id);
  return ids;
}

void put_plan(JsonStream& out, const BootDigest& boot) {
  const PlanFacts& plan = boot.plan;
  out.key("plan");
  out.begin_object();
  put_text(out, "name", plan.name);
  put_facts(out, "settings", plan.settings, JsonStream::kInline);
  if (plan.gate) {
    out.key("gate");
    out.begin_object(JsonStream::kInline);
    put_text(out, "cases", plan.gate->cases);
    put_numbers(out, "quantiles", plan.gate->quantiles);
    out.end_object();
  }
  if (plan.cases != ids_of(boot.whole)) put_texts(out, "cases", plan.cases);
  out.end_object();
}

void put_run(JsonStream& out, const BootDigest& boot) {
  out.key("run");
  out.begin_object();
  put_text(out, "id", boot.run_id);
  put_text(out, "started_at", boot.started_at);
  put_text_or_null(out, "finished_at", boot.finished_at);
  if (boot.interrupted) put_boolean(out, "interrupted", true);
  put_text_if_any(out, "label", boot.label);
  put_text_if_any(out, "session", boot.session);
  put_text_if_any(out, "imported", boot.imported);
  out.end_object();
}

void decode_run(ObjectReader& head, BootDigest& boot, DecodeState& state) {
  const ResultNode* node = head.need("run");
  if (node == nullptr) return;
  ObjectReader reader(*node, head.pointer_to("run"), state);
  reader.text("id", boot.run_id);
  reader.text("started_at", boot.started_at);
  reader.text_or_null("finished_at", boot.finished_at);
  reader.boolean_if_there("interrupted", boot.interrupted);
  reader.text_if_there("label", boot.label);
  reader.text_if_there("session", boot.session);
  reader.text_if_there("imported", boot.imported);
  reader.finish();
}

Gate decode_gate(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  Gate gate;
  ObjectReader reader(node, pointer, state);
  reader.text("cases", gate.cases);
  reader.numbers("quantiles", gate.quantiles);
  const auto inside = [](double p) { return p > 0 && p < 1; };
  if (gate.quantiles.empty()) reader.wrong("quantiles", "there is none");
  if (!std::ranges::all_of(gate.quantiles, inside)) reader.wrong("quantiles", "one is not between 0 and 1");
  reader.finish();
  return gate;
}

void decode_plan(ObjectReader& head, BootDigest& boot, DecodeState& state) {
  const ResultNode* node = head.need("plan");
  if (node == nullptr) return;
  ObjectReader reader(*node, head.pointer_to("plan"), state);
  reader.text("name", boot.plan.name);
  reader.facts("settings", boot.plan.settings);
  if (const ResultNode* gate = reader.look("gate")) {
    boot.plan.gate = decode_gate(*gate, reader.pointer_to("gate"), state);
  }
  if (reader.look("cases") != nullptr) {
    reader.texts("cases", boot.plan.cases);
  } else {
    boot.plan.cases = ids_of(boot.whole);
  }
  reader.finish();
}

}  // namespace

void put_boot_head(JsonStream& out, const BootDigest& boot) {
  put_run(out, boot);
  put_text_or_null(out, "boot_id", boot.boot_id);
  put_text(out, "tool_version", boot.tool_version);
  put_plan(out, boot);
  put_facts(out, "clock", boot.clock, JsonStream::kInline);
  put_facts(out, "environment", boot.environment, JsonStream::kWrapped);
  if (!boot.environment_changed.empty()) put_texts(out, "environment_changed", boot.environment_changed);
  if (!boot.rcu_warnings.empty()) {
    out.key("rcu_warnings");
    out.begin_array();
    for (const Warning& warning : boot.rcu_warnings) put_warning(out, warning);
    out.end_array();
  }
  put_integer(out, "rounds", static_cast<int64_t>(boot.rounds));
  if (boot.disturbed_rounds > 0) put_integer(out, "disturbed_rounds", static_cast<int64_t>(boot.disturbed_rounds));
  if (boot.whole.disturbed) put_boolean(out, "disturbed", true);
}

void decode_boot_head(ObjectReader& reader, BootDigest& boot, DecodeState& state) {
  decode_run(reader, boot, state);
  reader.text_or_null("boot_id", boot.boot_id);
  reader.text("tool_version", boot.tool_version);
  decode_plan(reader, boot, state);
  reader.facts("clock", boot.clock);
  reader.facts("environment", boot.environment);
  if (reader.look("environment_changed") != nullptr) reader.texts("environment_changed", boot.environment_changed);
  if (reader.look("rcu_warnings") != nullptr) {
    reader.each("rcu_warnings", [&](const ResultNode& item, const std::string& pointer) {
      boot.rcu_warnings.push_back(decode_warning(item, pointer, state));
    });
  }
  reader.count("rounds", boot.rounds);
  if (reader.look("disturbed_rounds") != nullptr) reader.count("disturbed_rounds", boot.disturbed_rounds);
  if (boot.disturbed_rounds > boot.rounds) reader.wrong("disturbed_rounds", "there are fewer rounds");
  reader.boolean_if_there("disturbed", boot.whole.disturbed);
}

}  // namespace umb
