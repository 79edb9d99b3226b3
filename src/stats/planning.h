// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

namespace umb {

/// How many units (boots) a side it takes to find a change by a share of `margin` (0.05 is 5%) in 9 of 10 attempts at
/// a level of 5%, or to call them the same within it: 21 (spread / ln(1 + margin))^2 + 1, rounded up. `spread` is the
/// standard deviation between units of the logarithm; for paired units, that of the differences over sqrt(2). Nothing
/// above 200, which nobody does: reduce the noise instead.
[[nodiscard]] std::optional<size_t> units_wanted(double spread, double margin);

}  // namespace umb
