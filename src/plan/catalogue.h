// SPDX-License-Identifier: Apache-2.0
// Where a config is found by its name: base/data_folder.h says which folders count.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <vector>

namespace umb {

/// The folders that are looked into, nearest first; only those that are there and can be trusted. `executable` is the
/// resolved path of the running program (/proc/self/exe).
[[nodiscard]] std::vector<std::string> config_folders(const std::string& executable);

/// The path of a config. Nothing asked for: "default". A bare word (no slash, no ".json" at its end): that config of
/// the folders above. Anything else is a path, returned as it is: whether it can be read is seen when it is loaded.
/// kUsage when there is no config of that name (the nearest known one).
[[nodiscard]] Result<std::string> find_config(const std::optional<std::string>& asked, const std::string& executable);

}  // namespace umb
