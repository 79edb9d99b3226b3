// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"
#include "base/result.h"

#include <string>

namespace umb {

/// The options --format terminal|json and -o of commands that tell of the machine.
[[nodiscard]] std::vector<OptionInfo> text_or_json_options();
/// Writes `text` to --output (default stdout).
[[nodiscard]] Result<void> write_text(const Arguments& arguments, const std::string& text);

}  // namespace umb
