// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace umb {

/// The ranks of values among themselves, from 1; equal values share the mean of their ranks. Doubled, so that they are
/// whole. No value may be NaN.
struct Ranks {
  std::vector<size_t> doubled;  ///< in the order of the values
  double tie_sum = 0;           ///< the sum of t^3 - t over groups of t equal values; 0 without ties
};

[[nodiscard]] Ranks ranks(std::span<const double> values);
[[nodiscard]] Ranks ranks(std::span<const int64_t> values);

}  // namespace umb
