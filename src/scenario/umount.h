// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// Umounts outside of any stopwatch after each watched sample.
inline constexpr int kUmountsAfterWatch = 2;

/// One mount, made outside the stopwatch, and taken off inside it.
[[nodiscard]] ScenarioEntry umount_scenario();

}  // namespace umb
