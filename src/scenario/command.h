// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// How long the programs before a sample may take together, the one that is measured, and those after it together; a
/// sample's three limits have to fit into the time in which a worker must answer (runner/worker_executor.cpp).
inline constexpr int64_t kCommandLimitNs = 20'000'000'000;

/// A case of the user's own, from the config alone: programs that prepare a sample, one that is measured from its start
/// until it is reaped, as by the method `exec`, and programs that conclude it. All run in a folder of the case's that
/// has an empty folder "m" in it. Whatever fails ends the case, in the failed program's own last words.
[[nodiscard]] ScenarioEntry command_scenario();

}  // namespace umb
