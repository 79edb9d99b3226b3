// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// The umount of an idle tmpfs while others load the machine.
[[nodiscard]] ScenarioEntry bystander_scenario();

}  // namespace umb
