// SPDX-License-Identifier: Apache-2.0
#include "result/baseline_tables.h"

#include "base/text.h"
#include "result/digest_fault.h"
#include "result/json_put.h"
#include "result/record_decode.h"
#include "result/record_json.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace umb {

namespace {

/// What an id itself says: "umount/fs=ext4/mode=lazy".
Case read_id(const std::string& id) {
  Case spec{.id = id, .scenario = {}, .parameters = {}};
  const std::vector<std::string> parts = split(id, '/');
  spec.scenario = parts.front();
  for (size_t i = 1; i < parts.size(); ++i) {
    const size_t equals = std::min(parts[i].find('='), parts[i].size());
    spec.parameters.push_back({parts[i].substr(0, equals), parts[i].substr(std::min(equals + 1, parts[i].size()))});
  }
  return spec;
}

/// Every case looks things up in the tables.
constexpr size_t kMostEntries = 256;

/// The parameters that a case says, by name.
std::unordered_map<std::string_view, std::string_view> by_name(const Case& spec) {
  std::unordered_map<std::string_view, std::string_view> said;
  for (const Parameter& parameter : spec.parameters) said[parameter.name] = parameter.value;
  return said;
}

std::vector<BaselineTables::Scenario> scenarios_of(const UnitDigest& unit) {
  std::vector<BaselineTables::Scenario> scenarios;
  for (const CaseDigest& one : unit.cases) {
    auto found = std::ranges::find(scenarios, one.spec.scenario, &BaselineTables::Scenario::name);
    if (found == scenarios.end()) {
      if (scenarios.size() > kMostEntries) break;
      found = scenarios.insert(found, {one.spec.scenario, one.spec.parameters});
    }
    const Case read = read_id(one.spec.id);
    const auto said = by_name(read);
    const size_t count = std::min(found->parameters.size(), one.spec.parameters.size());
    for (size_t i = 0; i < count; ++i) {
      const Parameter& parameter = one.spec.parameters[i];
      if (found->parameters[i].name != parameter.name || said.contains(parameter.name)) continue;
      found->parameters[i].value = parameter.value;
    }
  }
  return scenarios;
}

}  // namespace

Case BaselineTables::spec_of(const std::string& id) const {
  Case spec = read_id(id);
  const auto scenario = std::ranges::find(scenarios, spec.scenario, &Scenario::name);
  if (scenario == scenarios.end()) return spec;
  std::vector<Parameter> parameters = scenario->parameters;
  const auto said = by_name(spec);
  for (Parameter& parameter : parameters) {
    if (const auto found = said.find(parameter.name); found != said.end()) parameter.value = found->second;
  }
  spec.parameters = std::move(parameters);
  return spec;
}

MetricInfo BaselineTables::info_of(const std::string& name) const {
  const auto found = std::ranges::find(metrics, name, &MetricInfo::name);
  return found != metrics.end() ? *found : MetricInfo{.name = name, .unit = {}, .better = {}, .missing_reason = {}};
}

std::vector<QuantileValue> kept_of_round(const std::vector<QuantileValue>& quantiles, const std::optional<Gate>& gate) {
  std::vector<QuantileValue> kept;
  std::ranges::copy_if(quantiles, std::back_inserter(kept), [&](const QuantileValue& one) {
    return one.p == 0.5 || (gate && std::ranges::find(gate->quantiles, one.p) != gate->quantiles.end());
  });
  return kept;
}

std::vector<double> places_of(const std::vector<QuantileValue>& quantiles) {
  std::vector<double> places;
  places.reserve(quantiles.size());
  for (const QuantileValue& one : quantiles) places.push_back(one.p);
  return places;
}

std::string fault_of(const BaselineTables& tables) {
  if (tables.quantiles.size() > kMostEntries) return "there are more than 256 quantiles";
  if (tables.metrics.size() > kMostEntries) return "there are more than 256 metrics";
  if (tables.scenarios.size() > kMostEntries) return "there are more than 256 scenarios";
  for (const BaselineTables::Scenario& scenario : tables.scenarios) {
    if (scenario.parameters.size() > kMostEntries) return "a scenario has more than 256 parameters";
  }
  return fault_of_places(tables.quantiles);
}

BaselineTables tables_of(const BootDigest& boot) {
  BaselineTables tables;
  tables.scenarios = scenarios_of(boot.whole);
  for (const CaseDigest& one : boot.whole.cases) {
    for (const MetricDigest& metric : one.metrics) {
      if (tables.quantiles.empty()) tables.quantiles = places_of(metric.quantiles);
      if (tables.metrics.size() > kMostEntries) return tables;
      if (std::ranges::find(tables.metrics, metric.name, &MetricInfo::name) != tables.metrics.end()) continue;
      tables.metrics.push_back({metric.name, metric.unit, metric.better, metric.missing_reason});
    }
  }
  for (const UnitDigest& round : boot.by_round) {
    for (const CaseDigest& one : round.cases) {
      for (const MetricDigest& metric : one.metrics) {
        if (!tables.round_quantiles.empty()) break;
        tables.round_quantiles = places_of(kept_of_round(metric.quantiles, boot.plan.gate));
      }
    }
  }
  return tables;
}

void put_tables(JsonStream& out, const BaselineTables& tables) {
  put_numbers(out, "quantiles", tables.quantiles);
  put_metrics(out, tables.metrics);
  out.key("scenarios");
  out.begin_object();
  for (const BaselineTables::Scenario& scenario : tables.scenarios) {
    out.key(scenario.name);
    put_parameters(out, scenario.parameters);
  }
  out.end_object();
}

void decode_tables(ObjectReader& reader, BaselineTables& tables, DecodeState& state) {
  reader.numbers("quantiles", tables.quantiles);
  reader.each_member("metrics", [&](const ResultMember& member, const std::string& where) {
    tables.metrics.push_back(decode_metric(member, where, state));
  });
  reader.each_member("scenarios", [&](const ResultMember& member, const std::string& where) {
    tables.scenarios.push_back({member.key, decode_parameters(member.node, where, state)});
  });
}

}  // namespace umb
