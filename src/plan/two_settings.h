// SPDX-License-Identifier: Apache-2.0
// A plan for `ab`: every case in two settings, measured side by side.
#pragma once

#include "base/result.h"
#include "plan/expand.h"

#include <string>
#include <vector>

namespace umb {

/// "rcu=default" or "rcu=normal,mode=lazy" as parameters. kUsage with the flag's name.
[[nodiscard]] Result<std::vector<Parameter>> parse_setting(const std::string& flag, const std::string& text);

/// The config's cases, each once with `a` and once with `b`: cases 2i and 2i+1 of the plan belong together, and
/// Plan::in_pairs is set. Both must set the same parameters, not all to the same values. A filter keeps a pair when it
/// is found in either id. Cases whose scenario lacks a parameter are left out. kUsage as expand(), and when no pair is
/// left.
[[nodiscard]] Result<Plan> expand_pairs(const Config& config, const Overrides& overrides,
                                        const std::vector<Parameter>& a, const std::vector<Parameter>& b,
                                        const std::vector<ScenarioInfo>& scenarios);

}  // namespace umb
