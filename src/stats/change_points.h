// SPDX-License-Identifier: Apache-2.0
// Where a series of values changes its level: e-divisive with means (Matteson and James 2014, alpha = 1), each point
// tested by permutations. The split is chosen before it is tested, so a t test of both sides would alarm far too often;
// a permutation is split at its own best place, which takes the choice into account.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace umb {

struct ChangePoint {
  size_t at = 0;       ///< the first value after the change
  double p_value = 1;  ///< of at least as strong a change somewhere, if the order of the values meant nothing
};

struct ChangePointOptions {
  double alpha = 0.01;        ///< a point is kept at p up to this
  size_t shortest = 3;        ///< values on either side; a single spike is no change
  size_t permutations = 999;  ///< p is never below 1 / (permutations + 1)
  uint64_t seed = 1;          ///< the same seed gives the same answer
};

/// Ascending. None for fewer than 2 * `shortest` values; with fewer than some 12 no order is rare enough for p <= 0.01.
/// No value may be NaN. Takes about permutations * n^2 steps a change: some 0.1 s for 100 values.
[[nodiscard]] std::vector<ChangePoint> change_points(std::span<const double> values,
                                                     const ChangePointOptions& options = {});

}  // namespace umb
