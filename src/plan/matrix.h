// SPDX-License-Identifier: Apache-2.0
// The cases that a config asks for, before flags. Inside plan/ only: others call expand().
#pragma once

#include "base/result.h"
#include "model/case.h"
#include "plan/config.h"

#include <vector>

namespace umb {

/// Every case object times its lists, in the config's order of objects and, within one, in the scenario's declared
/// order (the last parameter varies fastest). kUsage for unknown words, values out of range, over kMaxCases cases, and
/// a case that comes up twice.
[[nodiscard]] Result<std::vector<Case>> expand_cases(const Config& config, const std::vector<ScenarioInfo>& scenarios);

/// One value as the parameter knows it (numbers without leading zeros), or a kUsage error that names no place. Programs
/// are taken as they are: read_programs() has checked them.
[[nodiscard]] Result<std::string> checked_value(const ParameterInfo& parameter, const std::string& text);

/// The scenario of that name; nullptr when there is none.
[[nodiscard]] const ScenarioInfo* scenario_named(const std::vector<ScenarioInfo>& scenarios, const std::string& name);
/// The parameter of that name; nullptr when there is none.
[[nodiscard]] const ParameterInfo* parameter_named(const ScenarioInfo& scenario, const std::string& name);

}  // namespace umb
