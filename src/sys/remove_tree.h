// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

/// Remove a folder with all that is in it. Symbolic links are removed, never followed; mounts are never entered: one in
/// the tree makes it fail with EXDEV or EBUSY, after what stood beside it has gone, and one in the folder's own place
/// makes it fail at once. A folder that isn't there is no
/// error. Linux 5.6 (openat2).
[[nodiscard]] Result<void> remove_tree(const std::string& path);

}  // namespace umb
