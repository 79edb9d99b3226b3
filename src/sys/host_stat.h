// SPDX-License-Identifier: Apache-2.0
// Where the CPUs' time went, from /proc/stat.
#pragma once

#include "sys/host_file.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace umb {

/// Sums over all CPUs since boot, in ticks of 1/USER_HZ s. Time given to guests is in user and nice already, so it is
/// not kept apart. idle and iowait may go backwards.
struct CpuTicks {
  int64_t user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0;
};

/// The "cpu" line of /proc/stat; fields that an old kernel lacks are 0 there.
[[nodiscard]] std::optional<CpuTicks> cpu_ticks_in(std::string_view stat);
[[nodiscard]] std::optional<CpuTicks> read_cpu_ticks(const HostRoot& root);

/// CPU time of a kernel thread that works for whoever needs it: work queues (a loop device's among them), softirqs,
/// RCU, journals of file systems.
struct ServantTicks {
  int64_t pid = 0;
  int64_t started = 0;  ///< ticks since boot; tells a pid's next owner from this one
  int64_t ticks = 0;
  bool operator==(const ServantTicks&) const = default;
};
/// Of /proc/PID/stat; nullopt for processes, for kernel threads with work of their own (kswapd, ksmd, a RAID's resync),
/// and for what doesn't read like one.
[[nodiscard]] std::optional<ServantTicks> servant_in(std::string_view stat);
/// All of them, by pid; empty where they can't be seen (in another PID namespace, with hidepid).
[[nodiscard]] std::vector<ServantTicks> read_servants(const HostRoot& root);
/// What those of `end` have used since `begin`. One that ended in between is not counted.
[[nodiscard]] int64_t servant_ticks_between(const std::vector<ServantTicks>& begin,
                                            const std::vector<ServantTicks>& end);

}  // namespace umb
