// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// The umount of a FUSE mount whose server has gone silent, as a network file system's may, and others' umounts beside
/// it.
[[nodiscard]] ScenarioEntry stuck_scenario();

}  // namespace umb
