// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace umb {

/// What a task that sleeps in these functions (the innermost first) waits for: one of kCauses, "unknown" when none of
/// them is known.
[[nodiscard]] std::string sleep_cause(const std::vector<std::string>& functions);

/// Where it sleeps, in a word that says something: the innermost function, but for grace periods and locks the one that
/// they are known by, since below it there is only the sleeping itself.
[[nodiscard]] std::string sleep_place(const std::vector<std::string>& functions);

}  // namespace umb
