// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <vector>

namespace umb {

/// What a command ends with (contract: exit codes). A signal is 128 and its number.
enum ExitCode : int {
  kExitDone = 0,
  kExitFailed = 1,       ///< a case or check failed; a regression
  kExitUsage = 2,        ///< seen before anything runs
  kExitTrouble = 3,      ///< could not write, internal error, something left behind
  kExitUnavailable = 4,  ///< nothing could run or be compared here
  kExitInconclusive = 5,
};

/// Whose conventions the exit code follows: --exit-code.
enum class ExitCodeStyle { kDefault, kBisect, kKselftest, kAutopkgtest };

[[nodiscard]] std::vector<std::string> exit_code_style_names();
[[nodiscard]] std::optional<ExitCodeStyle> parse_exit_code_style(const std::string& name);

/// `code` as the style has it; signals stay as they are.
[[nodiscard]] int styled_exit_code(int code, ExitCodeStyle style);

[[nodiscard]] int exit_code_of(const Error& error);

}  // namespace umb
