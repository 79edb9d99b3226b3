// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"

#include <string>
#include <vector>

namespace umb {

/// The part of the man page that the tables say: a sub-section a command, then the options that all of them have. In
/// mdoc(7).
[[nodiscard]] std::string man_commands(const std::vector<Command>& commands, const std::vector<OptionInfo>& common);

}  // namespace umb
