// SPDX-License-Identifier: Apache-2.0
// How far samples of one series, in the order they were taken, hang together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace umb {

/// The correlation of values with those 0, 1, ... max_lag later; the first is 1. All NaN for no values or values all
/// alike; 0 at a lag that no pair has.
[[nodiscard]] std::vector<double> autocorrelation(std::span<const double> in_time_order, size_t max_lag);

struct LjungBox {
  double q = 0;
  double p_value = 1;  ///< of "no autocorrelation at lags 1 to the asked"; NaN where autocorrelation() is
};

/// lags >= 1 and less than the number of values.
[[nodiscard]] LjungBox ljung_box(std::span<const double> in_time_order, size_t lags);

/// tau >= 1: n values tell as much of their distribution as n / tau independent ones. It is 1 plus twice the sum of the
/// autocorrelations of the ranks (one huge value does no harm), as far as they are positive. Looks at the first 10,000
/// values and 1,000 lags at most, a few ms; 1 for fewer than 20 values and for values all alike.
[[nodiscard]] double autocorrelation_time(std::span<const int64_t> in_time_order);

}  // namespace umb
