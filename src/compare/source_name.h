// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umb {

/// How a sentence names a result's file: without its folder, which says nothing on another machine.
[[nodiscard]] inline std::string source_name(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  return slash == std::string::npos || slash + 1 == path.size() ? path : path.substr(slash + 1);
}

}  // namespace umb
