// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace umb {

struct FoundMode {
  double share = 0;   ///< of all values, up to the valleys on both sides: all shares sum to 1
  double centre = 0;  ///< in the values' unit: where its peak is
};

/// The peaks of the distribution of ascending values on a log scale, from the smallest to the largest; those below 1
/// count as 1. A mode has at least 5% of the values, and a valley towards its neighbours that is both deep and more
/// than chance; what fails that belongs to a neighbour. So there is one mode at least, but nothing for fewer than 60
/// values. Takes some ms for 10^6 values.
[[nodiscard]] std::vector<FoundMode> find_modes(std::span<const int64_t> sorted);

}  // namespace umb
