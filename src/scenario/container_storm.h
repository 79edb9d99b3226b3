// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/container_start.h"
#include "scenario/scenario.h"

#include <vector>

namespace umb {

/// Many containers that do nothing, all at once or one after the other, from the first start to the last one reaped.
[[nodiscard]] ScenarioEntry container_storm_scenario();

/// Of one sample's starts.
struct StormFigures {
  int64_t began_ns = 0;  ///< CLOCK_MONOTONIC: when all were asked for, or in sequence the start of the first one
  int64_t whole_ns = 0;  ///< until the last one was reaped; in sequence the sum of all
  int64_t p50_ns = 0;    ///< of a start, from when it was asked for; nearest rank, as p99
  int64_t p99_ns = 0;
  int64_t starts_per_s = 0;
  int64_t cpu_ns = 0;
  int64_t voluntary_switches = 0;
};
/// At least one. `asked_ns`: when all were asked for at once, so that the time that one waits for its turn is its own
/// too; kMissing: each was asked for after the one before, and what lies between two is this program's.
[[nodiscard]] StormFigures figures_of(const std::vector<ContainerTimes>& starts, int64_t asked_ns);

}  // namespace umb
