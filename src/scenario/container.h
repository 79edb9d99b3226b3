// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// A container with a program that does nothing, from start to exit and reaped. The builtin start is stamped in phases;
/// of a real runtime (crun, runc) only the whole is timed. The stopwatch is the helper process's own
/// (container_helper.h), so that neither the worker's size nor the way to the helper is in a sample.
[[nodiscard]] ScenarioEntry container_scenario();

}  // namespace umb
