// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// The life of a loop device: attached, mounted, unmounted, detached, each timed as a phase.
[[nodiscard]] ScenarioEntry loop_life_scenario();

}  // namespace umb
