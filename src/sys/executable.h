// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

/// The resolved path of the running program.
[[nodiscard]] Result<std::string> executable_path();

}  // namespace umb
