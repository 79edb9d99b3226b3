// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace umb {

/// Where a series is best cut in two by the energy distance (Matteson and James 2014, alpha = 1).
struct EnergySplit {
  size_t at = 0;  ///< the first value after the change; 0: there is no place for one
  size_t to = 0;  ///< the first value behind those after it: the level may have gone back before the last one
  double strength = 0;
};

/// Keeps the memory that a search takes, for the next one.
class EnergySearch {
 public:
  /// At least `shortest` (2 or more) values on either side. About 3 ns a pair of values.
  [[nodiscard]] EnergySplit strongest(std::span<const double> values, size_t shortest);

 private:
  std::vector<double> to_earlier_, between_, within_, left_, inverse_;
};

}  // namespace umb
