// SPDX-License-Identifier: Apache-2.0
#include "plan/two_settings.h"

#include "base/text.h"
#include "plan/case_filter.h"
#include "plan/case_id.h"
#include "plan/effective_config.h"
#include "plan/limits.h"
#include "plan/matrix.h"

#include <algorithm>
#include <set>

namespace umb {

namespace {

std::vector<std::string> names_of(const std::vector<Parameter>& setting) {
  std::vector<std::string> names;
  names.reserve(setting.size());
  for (const Parameter& parameter : setting) names.push_back(parameter.name);
  std::ranges::sort(names);
  return names;
}

Result<void> check_settings(const std::vector<Parameter>& a, const std::vector<Parameter>& b) {
  if (names_of(a) != names_of(b)) {
    return fail_usage("--a and --b set different parameters",
                      join(names_of(a), ", ") + " and " + join(names_of(b), ", "),
                      "e.g. --a rcu=default --b rcu=normal");
  }
  const bool alike = std::ranges::all_of(a, [&](const Parameter& one) {
    return std::ranges::any_of(
        b, [&](const Parameter& other) { return other.name == one.name && other.value == one.value; });
  });
  if (alike) return fail_usage("--a and --b are the same", "", "e.g. --a rcu=default --b rcu=normal");
  return {};
}

bool has_parameters(const ScenarioInfo& scenario, const std::vector<Parameter>& setting) {
  return std::ranges::all_of(setting,
                             [&](const Parameter& one) { return parameter_named(scenario, one.name) != nullptr; });
}

Result<Case> with_setting(Case spec, const ScenarioInfo& scenario, const std::vector<Parameter>& setting,
                          const std::string& flag) {
  for (const Parameter& wanted : setting) {
    Result<std::string> value = checked_value(*parameter_named(scenario, wanted.name), wanted.value);
    if (!value.has_value()) return fail_usage(flag, value.error().text(), value.error().hint);
    for (Parameter& parameter : spec.parameters) {
      if (parameter.name == wanted.name) parameter.value = *value;
    }
  }
  UMB_ASSIGN(spec.id, make_case_id(scenario, spec.parameters));
  return spec;
}

std::vector<std::string> parameter_names(const std::vector<ScenarioInfo>& scenarios) {
  std::set<std::string> names;
  for (const ScenarioInfo& scenario : scenarios) {
    // A name or programs are what a case is, not a setting of it.
    for (const ParameterInfo& parameter : scenario.parameters) {
      if (parameter.kind == ParameterKind::kValue) names.insert(parameter.name);
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace

Result<std::vector<Parameter>> parse_setting(const std::string& flag, const std::string& text) {
  std::vector<Parameter> setting;
  for (const std::string& part : split(text, ',')) {
    const size_t equals = part.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == part.size()) {
      return fail_usage(flag, quoted(part) + " is not PARAMETER=VALUE", "e.g. " + flag + " rcu=normal");
    }
    Parameter parameter{part.substr(0, equals), part.substr(equals + 1)};
    if (std::ranges::find(setting, parameter.name, &Parameter::name) != setting.end()) {
      return fail_usage(flag, quoted(parameter.name) + " is there twice");
    }
    setting.push_back(std::move(parameter));
  }
  return setting;
}

Result<Plan> expand_pairs(const Config& config, const Overrides& overrides, const std::vector<Parameter>& a,
                          const std::vector<Parameter>& b, const std::vector<ScenarioInfo>& scenarios) {
  UMB_TRY(check_settings(a, b));
  const std::vector<std::string> known = parameter_names(scenarios);
  for (const Parameter& one : a) {
    if (std::ranges::find(known, one.name) != known.end()) continue;
    return fail_usage("no scenario has the parameter " + quoted(one.name), "", suggestion(one.name, known));
  }
  Overrides without_filter = overrides;
  without_filter.filter.reset();
  UMB_ASSIGN(Plan plan, expand(config, without_filter, scenarios));
  std::optional<CaseFilter> filter;
  if (overrides.filter.has_value()) {
    Result<CaseFilter> compiled = CaseFilter::compile(*overrides.filter);
    if (!compiled.has_value()) return while_doing("--filter", compiled.error());
    filter = *compiled;
  }
  std::vector<Case> cases;
  std::set<std::string> ids;
  for (const Case& spec : plan.cases) {
    const ScenarioInfo& scenario = *scenario_named(scenarios, spec.scenario);
    if (!has_parameters(scenario, a)) continue;
    UMB_ASSIGN(Case first, with_setting(spec, scenario, a, "--a"));
    UMB_ASSIGN(Case second, with_setting(spec, scenario, b, "--b"));
    if (filter.has_value() && !filter->matches(first.id) && !filter->matches(second.id)) continue;
    if (!ids.insert(first.id).second) continue;
    cases.push_back(std::move(first));
    cases.push_back(std::move(second));
  }
  if (cases.empty() && filter.has_value()) {
    return fail_usage("--filter",
                      quoted(overrides.filter.value_or("")) + " matches none of the cases in either setting",
                      "case ids are like " + plan.cases[0].id);
  }
  if (cases.empty()) return fail_usage("no case of the config has the parameters of --a and --b");
  if (cases.size() > kMaxCases) return fail_usage("more than " + std::to_string(kMaxCases) + " cases in all");
  plan.cases = std::move(cases);
  plan.in_pairs = true;
  plan.config_json = effective_config_json(plan, config.gate, overrides.unprivileged);
  return plan;
}

}  // namespace umb
