// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// Many mounts of tmpfs, made outside the stopwatch, and all taken off inside it: one by one, or by one lazy call.
[[nodiscard]] ScenarioEntry tree_scenario();

}  // namespace umb
