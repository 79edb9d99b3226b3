// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// One mount, made outside the stopwatch, and taken off inside it.
[[nodiscard]] ScenarioEntry umount_scenario();

}  // namespace umb
