// SPDX-License-Identifier: Apache-2.0
// Which files a path of the user's stands for.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace umb {

[[nodiscard]] bool path_exists(const std::string& path);

/// The file itself, or the results in a folder in the order of their names. kUsage when there are none.
[[nodiscard]] Result<std::vector<std::string>> result_files(const std::string& path);

/// The results in a folder, then those in each folder in it that is no symbolic link; one that can't be read is warned
/// of. kUsage when there are none.
[[nodiscard]] Result<std::vector<std::string>> result_files_below(const std::string& folder);

}  // namespace umb
