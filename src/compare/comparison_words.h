// SPDX-License-Identifier: Apache-2.0
// The sentences of a comparison, the same in every format. Inside compare/ only.
#pragma once

#include "compare/comparison.h"

#include <optional>
#include <string>

namespace umb {

/// "12% slower", "366 times slower (two orders of magnitude)", "12% faster": by the metric's direction; "12% higher"
/// where it has none.
[[nodiscard]] std::string effect_in_words(double ratio, const std::string& better);

/// What a row comes to. `wanted`: units a side in all that would settle it; nothing: not feasible.
[[nodiscard]] std::string row_words(const Row& row, const Pair& pair, std::optional<size_t> wanted);

/// "umount of tmpfs (plain, syscall)"
[[nodiscard]] std::string case_in_words(const std::string& id);

/// The verdict of the whole in one line.
[[nodiscard]] std::string headline(const Comparison& comparison);

}  // namespace umb
