// SPDX-License-Identifier: Apache-2.0
#include "sys/cpu_users.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

namespace umb {

namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max() / 16;
constexpr size_t kProcessStatLimit = 4096;
constexpr size_t kMostProcesses = 65536;
/// PF_KTHREAD of the kernel's include/linux/sched.h, the same since 2.6.
constexpr int64_t kKernelThread = 0x00200000;
constexpr std::array<std::string_view, 8> kServants{"kworker/", "ksoftirqd/", "ktimers/", "rcu",
                                                    "loop",     "jbd2/",      "xfs",      "btrfs-"};

/// Places of fields in /proc/PID/stat, counted from the one behind the name.
constexpr size_t kParent = 1;
constexpr size_t kFlags = 6;
constexpr size_t kUser = 11;
constexpr size_t kSystem = 12;
constexpr size_t kReapedUser = 13;
constexpr size_t kReapedSystem = 14;
constexpr size_t kStarted = 19;

bool serves(const ProcessTicks& process) {
  return process.kernel_thread && std::any_of(kServants.begin(), kServants.end(), [&process](std::string_view servant) {
           return process.name.starts_with(servant);
         });
}

std::vector<ProcessTicks> read_processes(const HostRoot& root) {
  std::vector<ProcessTicks> processes;
  for (const std::string& name : host_names(root, "/proc", kMostProcesses)) {
    if (name.front() < '1' || name.front() > '9') continue;
    const auto stat = read_host_file(root, "/proc/" + name + "/stat", kProcessStatLimit);
    auto process = stat.has_value() ? process_ticks_in(*stat) : std::nullopt;
    if (process.has_value()) processes.push_back(*std::move(process));
  }
  return processes;
}

/// Of a process and all below it.
int64_t family_ticks(const std::vector<ProcessTicks>& processes, int64_t head) {
  std::multimap<int64_t, const ProcessTicks*> children;
  int64_t sum = 0;
  for (const ProcessTicks& process : processes) {
    if (process.pid == head) {
      sum += process.own + process.reaped;
    } else {
      children.emplace(process.parent, &process);
    }
  }
  std::vector<int64_t> parents{head};
  while (!parents.empty()) {
    const auto [first, last] = children.equal_range(parents.back());
    parents.pop_back();
    for (auto child = first; child != last; ++child) {
      sum += child->second->own + child->second->reaped;
      parents.push_back(child->second->pid);
    }
    // They were not all read at one moment: a number that was used again must not lead around in circles.
    children.erase(first, last);
  }
  return sum;
}

}  // namespace

std::optional<ProcessTicks> process_ticks_in(std::string_view stat) {
  const size_t open = stat.find('(');
  const size_t close = stat.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
  const std::vector<std::string> fields = split(trimmed(stat.substr(close + 1)), ' ');
  if (fields.size() <= kStarted) return std::nullopt;
  bool whole = true;
  const auto number = [&whole](std::string_view text) {
    const Result<int64_t> value = parse_integer(text, 0, kMost);
    whole = whole && value.has_value();
    return value.value_or(0);
  };
  const ProcessTicks process{.name = std::string(stat.substr(open + 1, close - open - 1)),
                             .pid = number(trimmed(stat.substr(0, open))),
                             .parent = number(fields[kParent]),
                             .started = number(fields[kStarted]),
                             .kernel_thread = (number(fields[kFlags]) & kKernelThread) != 0,
                             .own = number(fields[kUser]) + number(fields[kSystem]),
                             .reaped = number(fields[kReapedUser]) + number(fields[kReapedSystem])};
  return whole && process.pid > 0 ? std::optional(process) : std::nullopt;
}

CpuUsers read_cpu_users(const HostRoot& root) {
  const std::vector<ProcessTicks> processes = read_processes(root);
  CpuUsers users;
  for (const ProcessTicks& process : processes) {
    if (serves(process)) users.servants.push_back({process.pid, process.started, process.own});
  }
  std::ranges::sort(users.servants, {}, &ServantTicks::pid);
  // Not getpid(): /proc may be another PID namespace's.
  const Result<int64_t> self = parse_integer(host_link(root, "/proc/self").value_or(""), 1, kMost);
  if (self.has_value()) users.own_ticks = family_ticks(processes, *self);
  return users;
}

int64_t servant_ticks_between(const std::vector<ServantTicks>& begin, const std::vector<ServantTicks>& end) {
  int64_t sum = 0;
  for (const ServantTicks& now : end) {
    const auto before = std::ranges::lower_bound(begin, now.pid, {}, &ServantTicks::pid);
    const bool same = before != begin.end() && before->pid == now.pid && before->started == now.started;
    sum += std::max<int64_t>(0, now.ticks - (same ? before->ticks : 0));
  }
  return sum;
}

}  // namespace umb
