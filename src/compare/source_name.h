// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umb {

/// How a sentence names a result's file: with its own folder alone, for the way there says nothing on another machine.
[[nodiscard]] inline std::string source_name(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  if (slash == std::string::npos || slash == 0) return path;
  const size_t before = path.find_last_of('/', slash - 1);
  return before == std::string::npos ? path : path.substr(before + 1);
}

}  // namespace umb
