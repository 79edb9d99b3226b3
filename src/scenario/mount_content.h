// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace umb {

/// Puts `files` empty files and one file of `dirty_bytes` bytes, not synced, into the folder `path`.
[[nodiscard]] Result<void> fill_mount(const std::string& path, int64_t files, int64_t dirty_bytes);

}  // namespace umb
