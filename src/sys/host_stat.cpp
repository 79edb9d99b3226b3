// SPDX-License-Identifier: Apache-2.0
#include "sys/host_stat.h"

#include "base/text.h"

#include <array>
#include <limits>
#include <string>
#include <vector>

namespace umb {

namespace {

constexpr size_t kFirstLineIsWithin = 1024;
constexpr std::array<int64_t CpuTicks::*, 8> kFields{&CpuTicks::user,    &CpuTicks::nice,   &CpuTicks::system,
                                                     &CpuTicks::idle,    &CpuTicks::iowait, &CpuTicks::irq,
                                                     &CpuTicks::softirq, &CpuTicks::steal};
constexpr size_t kNeeded = 4;
constexpr int64_t kMost = std::numeric_limits<int64_t>::max() / 16;

}  // namespace

std::optional<CpuTicks> cpu_ticks_in(std::string_view stat) {
  const std::string_view line = stat.substr(0, stat.find('\n'));
  if (!line.starts_with("cpu ")) return std::nullopt;
  CpuTicks ticks;
  size_t known = 0;
  for (const std::string& word : split(line.substr(4), ' ')) {
    if (word.empty()) continue;
    if (known == kFields.size()) break;
    const Result<int64_t> value = parse_integer(word, 0, kMost);
    if (!value.has_value()) return std::nullopt;
    ticks.*kFields[known++] = *value;
  }
  return known >= kNeeded ? std::optional<CpuTicks>(ticks) : std::nullopt;
}

std::optional<CpuTicks> read_cpu_ticks(const HostRoot& root) {
  const std::optional<std::string> stat = read_host_start(root, "/proc/stat", kFirstLineIsWithin);
  return stat.has_value() ? cpu_ticks_in(*stat) : std::nullopt;
}

}  // namespace umb
