// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

#include <vector>

namespace umb {

/// A case of a scenario with its defaults but for what was chosen; its id is the scenario's name.
inline Case case_of(const ScenarioEntry& entry, const std::vector<Parameter>& chosen) {
  Case spec{.id = entry.info.name, .scenario = entry.info.name};
  for (const ParameterInfo& parameter : entry.info.parameters) {
    spec.parameters.push_back({parameter.name, parameter.default_value});
    for (const Parameter& other : chosen) {
      if (other.name == parameter.name) spec.parameters.back().value = other.value;
    }
  }
  return spec;
}

}  // namespace umb
