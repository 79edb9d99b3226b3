// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// One image file, made a file system of, mounted, written to and taken off, at once again and again: whether all that
/// a umount must have done is done when it has returned. A check more than a measurement.
[[nodiscard]] ScenarioEntry reuse_scenario();

}  // namespace umb
