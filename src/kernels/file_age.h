// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umb {

/// Whether a regular file is there (links are not followed) that was written within the last 24 h; not one from the
/// future, as after a clock was set back.
[[nodiscard]] bool is_younger_than_a_day(const std::string& path);

}  // namespace umb
