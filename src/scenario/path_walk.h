// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario.h"

namespace umb {

/// So many times stat and open, by each thread, in a sample.
inline constexpr int64_t kWalksEach = 10'000;

/// Lookups of a path through several mounts, with and without mounts that come and go beside them: whether a faster
/// umount is paid for by path walks.
[[nodiscard]] ScenarioEntry path_walk_scenario();

}  // namespace umb
