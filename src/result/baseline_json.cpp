// SPDX-License-Identifier: Apache-2.0
#include "result/baseline_json.h"

#include "base/text.h"
#include "result/baseline_case.h"
#include "result/baseline_tables.h"
#include "result/boot_head.h"
#include "result/digest_fault.h"
#include "result/json_put.h"

#include <algorithm>

namespace umb {

namespace {

bool same_metric(const MetricDigest& a, const MetricDigest& b) {
  return a.name == b.name && a.unit == b.unit && a.better == b.better && a.missing_reason == b.missing_reason;
}

bool same_case(const CaseDigest& a, const CaseDigest& b) {
  return a.spec.id == b.spec.id && std::ranges::equal(a.metrics, b.metrics, same_metric);
}

bool has_places(const std::vector<QuantileValue>& quantiles, const std::vector<double>& places) {
  return quantiles.empty() || places_of(quantiles) == places;
}

std::string fault_of(const BootDigest& boot, const BaselineTables& tables) {
  if (std::string fault = fault_of_ids(boot.whole); !fault.empty()) return fault;
  if (std::string fault = fault_of(tables); !fault.empty()) return fault;
  for (const CaseDigest& one : boot.whole.cases) {
    if (std::string fault = fault_of(one); !fault.empty()) return one.spec.id + ": " + fault;
    const auto fits = [&](const MetricDigest& metric) { return has_places(metric.quantiles, tables.quantiles); };
    if (!std::ranges::all_of(one.metrics, fits)) return one.spec.id + ": its quantiles are not those of other cases";
  }
  for (const UnitDigest& round : boot.by_round) {
    if (!round.round) return "a round without its number";
    if (!std::ranges::equal(round.cases, boot.whole.cases, same_case)) return "a round has other cases";
    for (const CaseDigest& one : round.cases) {
      if (std::string fault = fault_of(one); !fault.empty()) return one.spec.id + ": " + fault;
      const auto fits = [&](const MetricDigest& metric) {
        return has_places(kept_of_round(metric.quantiles, boot.plan.gate), tables.round_quantiles);
      };
      if (!std::ranges::all_of(one.metrics, fits)) return one.spec.id + ": its quantiles are not those of other rounds";
    }
  }
  return {};
}

void put_rounds(JsonStream& out, const BootDigest& boot, const BaselineTables& tables) {
  out.key("by_round");
  out.begin_object(JsonStream::kInline);
  out.key("round");
  out.begin_array();
  for (const UnitDigest& round : boot.by_round) out.integer(round.round.value_or(0));
  out.end_array();
  out.key("disturbed");
  out.begin_array();
  for (const UnitDigest& round : boot.by_round) out.boolean(round.disturbed);
  out.end_array();
  put_numbers(out, "quantiles", tables.round_quantiles);
  out.end_object();
}

std::vector<UnitDigest> decode_rounds(const ResultNode& node, const std::string& pointer, BaselineTables& tables,
                                      DecodeState& state) {
  std::vector<UnitDigest> rounds;
  ObjectReader reader(node, pointer, state);
  reader.each("round", [&](const ResultNode& item, const std::string& where) {
    const auto* index = std::get_if<int64_t>(&item.value);
    if (index == nullptr || *index < 0 || *index > UINT32_MAX) {
      return state.wrong(item, where, "expected the index of a round");
    }
    rounds.push_back({.round = static_cast<uint32_t>(*index), .disturbed = false, .cases = {}});
  });
  size_t count = 0;
  reader.each("disturbed", [&](const ResultNode& item, const std::string& where) {
    const auto* disturbed = std::get_if<bool>(&item.value);
    if (disturbed == nullptr) return state.wrong(item, where, "expected true or false");
    if (count < rounds.size()) rounds[count].disturbed = *disturbed;
    ++count;
  });
  if (count != rounds.size()) reader.wrong("disturbed", "expected one value for each of the rounds");
  reader.numbers("quantiles", tables.round_quantiles);
  if (std::string fault = fault_of_places(tables.round_quantiles); !fault.empty()) reader.wrong("quantiles", fault);
  reader.finish();
  return rounds;
}

}  // namespace

Result<void> check_boot(const BootDigest& boot) {
  const std::string fault = fault_of(boot, tables_of(boot));
  if (fault.empty()) return {};
  return fail("cannot shrink " + quoted(boot.source), printable(fault));
}

void put_boot(JsonStream& out, const BootDigest& boot) {
  const BaselineTables tables = tables_of(boot);
  out.begin_object();
  put_boot_head(out, boot);
  put_tables(out, tables);
  if (!boot.by_round.empty()) put_rounds(out, boot, tables);
  out.key("cases");
  out.begin_array();
  for (size_t i = 0; i < boot.whole.cases.size(); ++i) {
    std::vector<const CaseDigest*> rounds;
    rounds.reserve(boot.by_round.size());
    for (const UnitDigest& round : boot.by_round) rounds.push_back(&round.cases[i]);
    put_case_digest(out, boot.whole.cases[i], rounds, tables);
  }
  out.end_array();
  out.end_object();
}

BootDigest decode_boot(const ResultNode& node, const std::string& pointer, LoadBudget& budget, DecodeState& state) {
  BootDigest boot;
  BaselineTables tables;
  ObjectReader reader(node, pointer, state);
  decode_tables(reader, tables, state);
  if (std::string fault = fault_of(tables); !fault.empty()) state.wrong(node, pointer, fault);
  if (const ResultNode* rounds = reader.look("by_round")) {
    boot.by_round = decode_rounds(*rounds, reader.pointer_to("by_round"), tables, state);
  }
  reader.each("cases", [&](const ResultNode& item, const std::string& where) {
    ReadCase read = decode_case_digest(item, where, boot.by_round.size(), tables, budget, state);
    if (state.failed()) return;
    boot.whole.cases.push_back(std::move(read.whole));
    for (size_t i = 0; i < read.rounds.size(); ++i) boot.by_round[i].cases.push_back(std::move(read.rounds[i]));
  });
  if (std::string fault = fault_of_ids(boot.whole); !fault.empty()) reader.wrong("cases", fault);
  decode_boot_head(reader, boot, state);
  reader.finish();
  boot.samples_gone = true;
  return boot;
}

}  // namespace umb
