// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/comparison.h"

#include <string>
#include <vector>

namespace umb {

/// How it was judged: methods, level, smallest effect, gate family, how many gated tests the exact one carries. Not
/// printable yet.
[[nodiscard]] std::vector<std::string> judged_lines(const Comparison& comparison);

}  // namespace umb
