// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <sys/types.h>

namespace umb {

/// A process of that name whose parent is `parent`, among those that /proc shows; 0: there is none.
inline pid_t child_named(pid_t parent, const std::string& name) {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", none)) {
    const std::string number = entry.path().filename().string();
    if (number.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "stat");
    std::string line;
    std::getline(file, line);
    const size_t close = line.rfind(')');
    const size_t open = line.find('(');
    if (close == std::string::npos || line.substr(open + 1, close - open - 1) != name) continue;
    // ") S PPID"
    if (std::stoi(line.substr(close + 4)) == parent) return std::stoi(number);
  }
  return 0;
}

}  // namespace umb
