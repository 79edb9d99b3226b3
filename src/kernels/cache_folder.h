// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

/// The cache's own folder, which may not be there yet. kUsage when neither XDG_CACHE_HOME nor HOME is set.
[[nodiscard]] Result<std::string> cache_place();

/// The folder for what can be made again: $XDG_CACHE_HOME/umountbench/NAME, or ~/.cache/umountbench/NAME of the calling
/// user (under sudo the user who called it). Made if it is missing, mode 0700, under the caller's identity, as all that
/// is put into it must be (AsCaller). Never through a symbolic link below the cache's own folder. kUsage when it can't
/// be made.
[[nodiscard]] Result<std::string> cache_folder(const std::string& name);

}  // namespace umb
