// SPDX-License-Identifier: Apache-2.0
// Who used the CPUs' time, from every /proc/PID/stat.
#pragma once

#include "sys/host_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// What a /proc/PID/stat says of a process with all its threads. Times are in ticks of 1/USER_HZ s.
struct ProcessTicks {
  std::string name;  ///< may be anything, brackets and spaces too
  int64_t pid = 0;
  int64_t parent = 0;
  int64_t started = 0;  ///< ticks since boot; tells a pid's next owner from this one
  bool kernel_thread = false;
  int64_t own = 0;     ///< user and system time
  int64_t reaped = 0;  ///< the same of the children it has reaped, with all that those had reaped
};
/// nullopt for what doesn't read like one.
[[nodiscard]] std::optional<ProcessTicks> process_ticks_in(std::string_view stat);

/// CPU time of a kernel thread that works for whoever needs it: work queues (a loop device's among them), softirqs,
/// RCU, journals of file systems. Kernel threads with work of their own (kswapd, ksmd, a RAID's resync) are none.
struct ServantTicks {
  int64_t pid = 0;
  int64_t started = 0;
  int64_t ticks = 0;
};

/// Who has used how much at one moment.
struct CpuUsers {
  std::vector<ServantTicks> servants;  ///< by pid; none where they can't be seen (another PID namespace, hidepid)
  /// Of this process and of all below it: what they used, and what they reaped. It does not get lost when one of them
  /// ends, because then its time is with whoever reaped it.
  int64_t own_ticks = 0;
};
/// One look at all processes: some ms.
[[nodiscard]] CpuUsers read_cpu_users(const HostRoot& root);

/// What the servants of `end` have used since `begin`. One that ended in between is not counted.
[[nodiscard]] int64_t servant_ticks_between(const std::vector<ServantTicks>& begin,
                                            const std::vector<ServantTicks>& end);

}  // namespace umb
