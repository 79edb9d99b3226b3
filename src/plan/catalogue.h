// SPDX-License-Identifier: Apache-2.0
// Where a config is found by its name.
//
// Looked into are, in this order: "../share/umountbench/configs" beside the folder of the executable (an installed
// program), and the "configs" folder of the source tree that the executable was built in (the nearest folder above it
// that has both configs/default.json and src/CMakeLists.txt). The current folder never counts: this program runs as
// root, and what lies in the folder where somebody happens to stand must not decide what it does. For the same reason a
// folder or file counts only if others can't write to it and it belongs to root, to the owner of the executable, or to
// the owner of the installed prefix or source tree above both, who could as well put another program in the
// executable's place.
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
