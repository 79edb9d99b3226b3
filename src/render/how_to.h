// SPDX-License-Identifier: Apache-2.0
// How a comparison can be made again.
#pragma once

#include "compare/comparison.h"

#include <string>
#include <vector>

namespace umb {

struct HowToLine {
  std::string first;  ///< what the line begins with: an indent, "    # "
  std::string text;
  bool command = false;  ///< ASCII, for a shell; otherwise it is said in words and may be broken
};

/// Nothing without sides.
[[nodiscard]] std::vector<HowToLine> how_to_compare(const Comparison& comparison);

}  // namespace umb
