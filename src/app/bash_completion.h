// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"

#include <string>
#include <vector>

namespace umb {

/// A script for bash that completes these commands, their options and their values. It needs nothing but bash: not the
/// functions of the bash-completion package either, which only loads it.
[[nodiscard]] std::string bash_completion(const std::vector<Command>& commands, const std::vector<OptionInfo>& common);

}  // namespace umb
