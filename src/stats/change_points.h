// SPDX-License-Identifier: Apache-2.0
// Where series of values change their level: e-divisive with means (Matteson and James 2014, alpha = 1), each point
// tested by permutations. The split is chosen before it is tested, so a t test of both sides would alarm far too often;
// a permutation is split at its own best place, which takes the choice into account. All series' first changes are one
// family, and so are all changes of the parts between these: their p are adjusted by Benjamini and Hochberg.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace umb {

struct ChangePoint {
  size_t at = 0;        ///< the first value after the change
  size_t to = 0;        ///< the first value that the change does not take in: the level may have gone back by then
  double p_value = 1;   ///< of at least as strong a change somewhere in its part, if the order meant nothing
  double adjusted = 1;  ///< over the family: of all points with no more than this, about that share are false
};

struct ChangePointOptions {
  double alpha = 0.01;  ///< a point is kept at an adjusted p up to this
  size_t shortest = 3;  ///< values on either side; a single spike is no change
  uint64_t seed = 1;    ///< the same seed gives the same answer
};

using ChangePoints = std::vector<ChangePoint>;

/// Those of each series, ascending. None for fewer than 2 * `shortest` values; with fewer than some 12 no order is rare
/// enough for p <= 0.01. No value may be NaN. As many permutations as p <= alpha needs, which a series without a change
/// does not get to: some 0.2 s for a change in 200 values.
[[nodiscard]] std::vector<ChangePoints> change_points(const std::vector<std::vector<double>>& family,
                                                      const ChangePointOptions& options = {});

/// How long that will take at most, roughly, on this machine: as if each series changed.
[[nodiscard]] double change_points_seconds(const std::vector<std::vector<double>>& family,
                                           const ChangePointOptions& options = {});

}  // namespace umb
