// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plot/figure.h"

#include <span>
#include <string>

namespace umb {

/// A logarithmic axis of times around all values above 0, with at most `most_ticks` ticks at round places.
[[nodiscard]] Axis time_axis(std::span<const double> seconds, size_t most_ticks);
/// The same of whole numbers ("1", "10", "2000").
[[nodiscard]] Axis count_axis(std::span<const double> counts, size_t most_ticks);
/// A linear axis from 1 to `last`, of calls.
[[nodiscard]] Axis call_axis(double last, size_t most_ticks);

/// "20 µs", "1.5 ms", "2 s"
[[nodiscard]] std::string seconds_text(double seconds);

}  // namespace umb
