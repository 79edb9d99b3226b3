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
  int64_t began_ns = 0;  ///< of the first one, CLOCK_MONOTONIC
  int64_t whole_ns = 0;  ///< until the last one was reaped
  int64_t p50_ns = 0;    ///< of a start; nearest rank, as p99
  int64_t p99_ns = 0;
  int64_t starts_per_s = 0;
  int64_t cpu_ns = 0;
  int64_t voluntary_switches = 0;
};
/// At least one.
[[nodiscard]] StormFigures figures_of(const std::vector<ContainerTimes>& starts);

}  // namespace umb
