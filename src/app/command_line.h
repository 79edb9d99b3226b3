// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace umb {

/// The whole program: from the words after its name to the exit code. Never throws.
[[nodiscard]] int run_command_line(const std::vector<std::string>& words);

}  // namespace umb
