// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

#include <cstdint>

namespace umb {

/// Umounts outside of any stopwatch after a watched sample, if that was released within the second number.
inline constexpr int kUmountsAfterWatch = 2;
inline constexpr int64_t kWatchEchoesBelowNs = 1'000'000;
/// Whether they are due after this sample.
[[nodiscard]] inline bool watch_echoes(const Sample& sample) {
  return sample.watched && sample.released_ns != kMissing && sample.released_ns < kWatchEchoesBelowNs;
}

/// One mount, made outside the stopwatch, and taken off inside it.
[[nodiscard]] ScenarioEntry umount_scenario();

}  // namespace umb
