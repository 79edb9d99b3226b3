// SPDX-License-Identifier: Apache-2.0
#include "plan/matrix.h"

#include "base/text.h"
#include "plan/case_id.h"
#include "plan/json_reader.h"
#include "plan/limits.h"
#include "plan/place.h"

#include <map>

namespace umb {

namespace {

/// All values of each parameter of the scenario, in declared order.
using Dimensions = std::vector<std::vector<std::string>>;

Failure too_many(const ConfigPlace& place) {
  return place.error("more than " + std::to_string(kMaxCases) + " cases in all", "shorten the lists");
}

Result<std::vector<std::string>> checked_values(const ParameterInfo& parameter, const std::vector<ConfigValue>& values,
                                                const std::string& file) {
  std::vector<std::string> checked;
  for (const ConfigValue& value : values) {
    auto one = checked_value(parameter, value.text);
    if (!one.has_value()) return ConfigPlace{file, value.pointer}.error(std::move(one).error());
    checked.push_back(*std::move(one));
  }
  return checked;
}

const ConfigParameter* find_given(const ConfigCase& one, const std::string& name) {
  for (const ConfigParameter& parameter : one.parameters) {
    if (parameter.name == name) return &parameter;
  }
  return nullptr;
}

Result<void> check_names(const ConfigCase& one, const ScenarioInfo& scenario, const ConfigPlace& place) {
  for (const ConfigParameter& given : one.parameters) {
    if (parameter_named(scenario, given.name) != nullptr) continue;
    std::vector<std::string> known{"scenario"};
    for (const ParameterInfo& parameter : scenario.parameters) known.push_back(parameter.name);
    return place.key(given.name).error("unknown key", suggestion(clipped(given.name, 100), known));
  }
  return {};
}

Result<Dimensions> dimensions_of(const Config& config, const ConfigCase& one, const ScenarioInfo& scenario) {
  UMB_TRY(check_names(one, scenario, {config.file, one.pointer}));
  Dimensions dimensions;
  for (const ParameterInfo& parameter : scenario.parameters) {
    const ConfigParameter* given = find_given(one, parameter.name);
    if (given != nullptr) {
      UMB_ASSIGN(auto values, checked_values(parameter, given->values, config.file));
      dimensions.push_back(std::move(values));
    } else if (parameter.name == "rcu" && !config.rcu.empty()) {
      UMB_ASSIGN(auto values, checked_values(parameter, config.rcu, config.file));
      dimensions.push_back(std::move(values));
    } else if (parameter.must_be_given()) {
      return ConfigPlace{config.file, one.pointer}.error("no key '" + parameter.name + "'",
                                                         scenario.name + " needs it: " + parameter.summary);
    } else {
      dimensions.push_back({parameter.default_value});
    }
  }
  return dimensions;
}

/// The next combination, the last dimension fastest; false after the last one.
bool advance(std::vector<size_t>& position, const Dimensions& dimensions) {
  for (size_t i = position.size(); i-- > 0;) {
    if (++position[i] < dimensions[i].size()) return true;
    position[i] = 0;
  }
  return false;
}

Result<Case> case_at(const ScenarioInfo& scenario, const Dimensions& dimensions, const std::vector<size_t>& position) {
  Case one;
  one.scenario = scenario.name;
  for (size_t i = 0; i < position.size(); ++i) {
    one.parameters.push_back({scenario.parameters[i].name, dimensions[i][position[i]]});
  }
  UMB_ASSIGN(one.id, make_case_id(scenario, one.parameters));
  return one;
}

}  // namespace

Result<std::string> checked_value(const ParameterInfo& parameter, const std::string& text) {
  if (parameter.kind == ParameterKind::kPrograms) return text;
  if (parameter.kind == ParameterKind::kName) {
    if (is_id_word(text) && text.size() <= kMaxCaseNameBytes) return text;
    return fail_usage(shown(text) + " is no name for a case", {},
                      "small letters, digits, '-', '_' and '.', at most " + std::to_string(kMaxCaseNameBytes));
  }
  if (parameter.values.empty()) {
    UMB_ASSIGN(const int64_t number, parse_integer(clipped(text, 60), parameter.minimum, parameter.maximum));
    return std::to_string(number);
  }
  if (parameter.or_path && text.find('/') != std::string::npos) {
    UMB_TRY(check_path(text));
    return text;
  }
  UMB_TRY(check_word(text, parameter.values));
  return text;
}

const ScenarioInfo* scenario_named(const std::vector<ScenarioInfo>& scenarios, const std::string& name) {
  for (const ScenarioInfo& scenario : scenarios) {
    if (scenario.name == name) return &scenario;
  }
  return nullptr;
}

const ParameterInfo* parameter_named(const ScenarioInfo& scenario, const std::string& name) {
  for (const ParameterInfo& parameter : scenario.parameters) {
    if (parameter.name == name) return &parameter;
  }
  return nullptr;
}

Result<std::vector<Case>> expand_cases(const Config& config, const std::vector<ScenarioInfo>& scenarios) {
  std::vector<Case> cases;
  std::map<std::string, std::string> given_by;
  for (const ConfigCase& one : config.cases) {
    const ConfigPlace place{config.file, one.pointer};
    const ScenarioInfo* scenario = scenario_named(scenarios, one.scenario.text);
    if (scenario == nullptr) {
      std::vector<std::string> names;
      names.reserve(scenarios.size());
      for (const ScenarioInfo& known : scenarios) names.push_back(known.name);
      return ConfigPlace{config.file, one.scenario.pointer}.error("unknown scenario " + shown(one.scenario.text),
                                                                  suggestion(one.scenario.text, names));
    }
    UMB_ASSIGN(const Dimensions dimensions, dimensions_of(config, one, *scenario));
    std::vector<size_t> position(dimensions.size(), 0);
    do {
      if (cases.size() == kMaxCases) return too_many(place);
      UMB_ASSIGN(auto made, case_at(*scenario, dimensions, position));
      const auto [before, is_new] = given_by.try_emplace(made.id, one.pointer);
      if (!is_new) {
        return place.error("the case " + made.id + " a second time (first from " + before->second + ")",
                           "leave it out of one of them");
      }
      cases.push_back(std::move(made));
    } while (advance(position, dimensions));
  }
  return cases;
}

}  // namespace umb
