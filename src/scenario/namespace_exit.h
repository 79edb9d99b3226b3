// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/exiting_task.h"
#include "scenario/scenario.h"

#include <functional>
#include <memory>

namespace umb {

using StartExitingTask = std::function<Result<std::unique_ptr<ExitingTask>>(const ExitingTaskOptions& options)>;

/// start_exiting_task, or a made-up one.
[[nodiscard]] std::unique_ptr<Scenario> make_namespace_exit(const Case& spec, const Workshop& workshop,
                                                            StartExitingTask start);

/// The last task of a mount namespace exits, and with it go the namespace and its mounts.
[[nodiscard]] ScenarioEntry namespace_exit_scenario();

}  // namespace umb
