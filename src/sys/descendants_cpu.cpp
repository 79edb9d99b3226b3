// SPDX-License-Identifier: Apache-2.0
#include "sys/descendants_cpu.h"

#include "base/text.h"
#include "sys/task_look.h"

#include <limits>
#include <string>

#include <unistd.h>

namespace umb {

namespace {

/// utime, stime, cutime and cstime are fields 14 to 17; the first one behind the name is field 3.
constexpr size_t kFirst = 14 - 3;
constexpr size_t kAfterLast = 18 - 3;

int64_t cpu_ticks_of(const HostRoot& root, int64_t pid) {
  const auto stat = host_text(root, "/proc/" + std::to_string(pid) + "/stat");
  if (!stat.has_value()) return 0;
  const size_t name_end = stat->rfind(')');
  if (name_end == std::string::npos || name_end + 2 > stat->size()) return 0;
  const std::vector<std::string> fields = split(std::string_view(*stat).substr(name_end + 2), ' ');
  int64_t ticks = 0;
  for (size_t i = kFirst; i < kAfterLast && i < fields.size(); ++i) {
    ticks += parse_integer(fields[i], 0, std::numeric_limits<int32_t>::max()).value_or(0);
  }
  return ticks;
}

}  // namespace

int64_t descendants_cpu_ns(const HostRoot& root, int64_t pid) {
  int64_t ticks = 0;
  for (const int64_t descendant : descendants_of(root, pid)) ticks += cpu_ticks_of(root, descendant);
  return ticks * (1'000'000'000 / ::sysconf(_SC_CLK_TCK));
}

}  // namespace umb
