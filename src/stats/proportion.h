// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stats/order_interval.h"

#include <cstddef>

namespace umb {

/// Wilson's interval of a probability after so many hits of so many trials: sensible even for no hit at all. [0, 1] for
/// no trials; confidence in (0, 1).
[[nodiscard]] Interval wilson_interval(size_t hits, size_t trials, double confidence);
/// The same for a share that need not be a whole number of hits: of many trials that are worth `trials` independent
/// ones.
[[nodiscard]] Interval wilson_interval_of_share(double share, size_t trials, double confidence);

}  // namespace umb
