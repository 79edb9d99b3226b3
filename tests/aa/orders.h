// SPDX-License-Identifier: Apache-2.0
// Random groups know nothing of time. These do: boots as they followed one another, given to two sides.
#pragma once

#include "methods.h"

#include <cstddef>
#include <vector>

namespace umb::aa {

enum class Order { kBlocks, kTurns };  ///< A A A B B B, or A B B A A B

struct OrderCount {
  size_t windows = 0;  ///< runs of consecutive boots, which overlap
  size_t alarms = 0;   ///< of the program's rule
};
[[nodiscard]] OrderCount count_order(const std::vector<Set>& sets, size_t boots_a_side, Order order);

}  // namespace umb::aa
