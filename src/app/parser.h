// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"

#include <string>
#include <vector>

namespace umb {

/// The words after the command's name, by its options and the common ones. Errors are kUsage and name the nearest known
/// option. "--help" and "-h" are an option named "help".
[[nodiscard]] Result<Arguments> parse_arguments(const Command& command, const std::vector<std::string>& words);

}  // namespace umb
