// SPDX-License-Identifier: Apache-2.0
// What several boots of one case say together.
#pragma once

#include "model/attribution.h"
#include "model/digest.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace umb {

/// Geometric mean of the boots' medians of return_ns; 0: there is none.
[[nodiscard]] double typical_p50_ns(std::span<const CaseDigest* const> boots);

/// How many values of return_ns they have.
[[nodiscard]] size_t count_returns(std::span<const CaseDigest* const> boots);

/// Mean time of a call by cause, over the boots that have a pass; all 0 where none has.
[[nodiscard]] std::array<double, kCauses.size()> mean_causes_ns(std::span<const CaseDigest* const> boots);

/// Some calls one after the other.
struct DriftBin {
  double call = 0;  ///< of their middle one, counted from 1 in the order in which they were taken
  double lowest = 0, median = 0, highest = 0;
};
/// Calls in their order, boot after boot, as at most `most` bins of as many calls each: of so few bins that each has
/// some.
[[nodiscard]] std::vector<DriftBin> drift_of(std::span<const CaseDigest* const> boots, size_t most);

}  // namespace umb
