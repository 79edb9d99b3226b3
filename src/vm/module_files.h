// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <map>
#include <string>

namespace umb {

/// Module's name (module_name()) to the path of its file.
using ModuleFiles = std::map<std::string, std::string>;

/// All modules below `folder`, in any depth, but for .git; symbolic links are not followed, and what the caller may not
/// read is passed over. kUsage when `folder` itself can't be read.
[[nodiscard]] Result<void> list_modules(const std::string& folder, ModuleFiles& files);

}  // namespace umb
