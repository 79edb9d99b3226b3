// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

/// A folder for the caller alone (0700), below one that nobody else can write to. What has that name already is taken
/// for it.
[[nodiscard]] Result<void> make_folder(const std::string& path);

}  // namespace umb
