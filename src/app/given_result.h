// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"
#include "base/result.h"

#include <string>

namespace umb {

/// The first positional argument, or the newest result in results/ or here, which is logged. kUsage when there is none.
[[nodiscard]] Result<std::string> given_or_newest_result(const Arguments& arguments);

}  // namespace umb
