// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace umb {

/// The names in an open folder, sorted, without "." and "..". `path` is for the message.
[[nodiscard]] Result<std::vector<std::string>> list_folder(int folder, const std::string& path);

}  // namespace umb
