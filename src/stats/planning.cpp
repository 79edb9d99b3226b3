// SPDX-License-Identifier: Apache-2.0
#include "stats/planning.h"

#include <cmath>

namespace umb {

std::optional<size_t> units_wanted(double spread, double margin) {
  constexpr double kMost = 200;
  const double in_margins = spread / std::log1p(margin);
  const double wanted = std::ceil(21 * in_margins * in_margins + 1);
  if (std::isnan(wanted) || spread < 0 || margin <= 0 || wanted > kMost) return std::nullopt;
  return static_cast<size_t>(wanted);
}

}  // namespace umb
