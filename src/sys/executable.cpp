// SPDX-License-Identifier: Apache-2.0
#include "sys/executable.h"

#include <array>
#include <cerrno>
#include <climits>

#include <unistd.h>

namespace umb {

Result<std::string> executable_path() {
  std::array<char, PATH_MAX> path{};
  const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
  if (length <= 0) return fail_errno("cannot find the path of this program", errno);
  return std::string(path.data(), static_cast<size_t>(length));
}

}  // namespace umb
