// SPDX-License-Identifier: Apache-2.0
#include "runner/machine_limits.h"

#include "sys/host_cpu.h"

#include <algorithm>
#include <array>
#include <limits>

namespace umb {

namespace {

constexpr int64_t kKiB = 1024;

/// One thing that a case takes many of, and the knob that limits it.
struct Limit {
  const char* sysctl;
  const char* things;
  int64_t needed;
  int64_t beside;  ///< what the sandbox, or the machine, has of them anyway
};

/// What they take of the kernel's memory: a tmpfs 12 KiB of slab and per-CPU memory with 2 CPUs, as /proc/meminfo says
/// before and after 2000 of them; a task its stacks; a namespace a copy of the sandbox's mounts. Rounded up.
int64_t memory_bytes(const Needs& needs) {
  return needs.mounts * 16 * kKiB + needs.tasks * 64 * kKiB + needs.mount_namespaces * 64 * kKiB;
}

}  // namespace

std::optional<std::string> beyond_limits(const HostRoot& root, const Needs& needs) {
  const std::array<Limit, 4> limits{{{"fs.mount-max", "mounts", needs.mounts, 100},
                                     {"fs.inotify.max_user_watches", "inotify watches", needs.mounts, 10},
                                     {"user.max_mnt_namespaces", "mount namespaces", needs.mount_namespaces, 10},
                                     {"kernel.threads-max", "tasks", needs.tasks, 200}}};
  for (const Limit& limit : limits) {
    std::string path = std::string("/proc/sys/") + limit.sysctl;
    std::ranges::replace(path, '.', '/');
    const int64_t allowed = host_number(root, path).value_or(std::numeric_limits<int64_t>::max());
    if (limit.needed == 0 || limit.needed <= allowed - limit.beside) continue;
    return limit.sysctl + (" is " + std::to_string(allowed)) + ", and it takes " + std::to_string(limit.needed) + " " +
           limit.things + " beside some " + std::to_string(limit.beside) + " that are there";
  }
  const int64_t wanted = memory_bytes(needs);
  const int64_t available = available_memory_bytes(root).value_or(std::numeric_limits<int64_t>::max());
  // Half of it stays for everybody else.
  if (wanted <= available / 2) return std::nullopt;
  return "it takes some " + std::to_string(wanted / kKiB / kKiB) + " MiB of kernel memory, more than half of the " +
         std::to_string(available / kKiB / kKiB) + " MiB that are available";
}

}  // namespace umb
