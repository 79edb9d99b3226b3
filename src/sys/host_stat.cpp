// SPDX-License-Identifier: Apache-2.0
#include "sys/host_stat.h"

#include "base/text.h"

#include <algorithm>
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

constexpr size_t kProcessStatLimit = 4096;
constexpr size_t kMostProcesses = 65536;
/// PF_KTHREAD of the kernel's include/linux/sched.h, the same since 2.6.
constexpr int64_t kKernelThread = 0x00200000;
constexpr std::array<std::string_view, 8> kServants{"kworker/", "ksoftirqd/", "ktimers/", "rcu",
                                                    "loop",     "jbd2/",      "xfs",      "btrfs-"};

/// Places of fields in /proc/PID/stat, counted from the one behind the name.
constexpr size_t kFlags = 6;
constexpr size_t kUser = 11;
constexpr size_t kSystem = 12;
constexpr size_t kStarted = 19;

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

std::optional<ServantTicks> servant_in(std::string_view stat) {
  // The name may hold anything, brackets and spaces too.
  const size_t open = stat.find('(');
  const size_t close = stat.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
  const std::string_view name = stat.substr(open + 1, close - open - 1);
  const bool serves = std::any_of(kServants.begin(), kServants.end(),
                                  [name](std::string_view servant) { return name.starts_with(servant); });
  if (!serves) return std::nullopt;
  const std::vector<std::string> fields = split(trimmed(stat.substr(close + 1)), ' ');
  if (fields.size() <= kStarted) return std::nullopt;
  const Result<int64_t> pid = parse_integer(trimmed(stat.substr(0, open)), 1, kMost);
  const Result<int64_t> flags = parse_integer(fields[kFlags], 0, kMost);
  const Result<int64_t> user = parse_integer(fields[kUser], 0, kMost);
  const Result<int64_t> system = parse_integer(fields[kSystem], 0, kMost);
  const Result<int64_t> started = parse_integer(fields[kStarted], 0, kMost);
  if (!pid.has_value() || !flags.has_value() || !user.has_value() || !system.has_value() || !started.has_value()) {
    return std::nullopt;
  }
  if ((*flags & kKernelThread) == 0) return std::nullopt;
  return ServantTicks{*pid, *started, *user + *system};
}

std::vector<ServantTicks> read_servants(const HostRoot& root) {
  std::vector<ServantTicks> servants;
  for (const std::string& name : host_names(root, "/proc", kMostProcesses)) {
    if (name.front() < '1' || name.front() > '9') continue;
    const auto stat = read_host_file(root, "/proc/" + name + "/stat", kProcessStatLimit);
    const auto servant = stat.has_value() ? servant_in(*stat) : std::nullopt;
    if (servant.has_value()) servants.push_back(*servant);
  }
  std::sort(servants.begin(), servants.end(), [](const auto& a, const auto& b) { return a.pid < b.pid; });
  return servants;
}

int64_t servant_ticks_between(const std::vector<ServantTicks>& begin, const std::vector<ServantTicks>& end) {
  int64_t sum = 0;
  for (const ServantTicks& now : end) {
    const auto before = std::lower_bound(begin.begin(), begin.end(), now.pid,
                                         [](const ServantTicks& one, int64_t pid) { return one.pid < pid; });
    const bool same = before != begin.end() && before->pid == now.pid && before->started == now.started;
    sum += std::max<int64_t>(0, now.ticks - (same ? before->ticks : 0));
  }
  return sum;
}

}  // namespace umb
