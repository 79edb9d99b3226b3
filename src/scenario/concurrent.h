// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"
#include "scenario/umounters.h"

#include <functional>
#include <memory>

namespace umb {

using StartUmounters = std::function<Result<std::unique_ptr<Umounters>>(const UmounterOptions& options)>;

/// start_umounters, or made-up ones.
[[nodiscard]] std::unique_ptr<Scenario> make_concurrent(const Case& spec, const Workshop& workshop,
                                                        StartUmounters start);

/// Several mounts are taken off at once, each by a thread of its own.
[[nodiscard]] ScenarioEntry concurrent_scenario();

}  // namespace umb
