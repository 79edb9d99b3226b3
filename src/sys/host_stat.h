// SPDX-License-Identifier: Apache-2.0
// Where the CPUs' time went, from /proc/stat.
#pragma once

#include "sys/host_file.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace umb {

/// Sums over all CPUs since boot, in ticks of 1/USER_HZ s. Time given to guests is in user and nice already, so it is
/// not kept apart. idle and iowait may go backwards.
struct CpuTicks {
  int64_t user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0;
};

/// The "cpu" line of /proc/stat; fields that an old kernel lacks are 0 there.
[[nodiscard]] std::optional<CpuTicks> cpu_ticks_in(std::string_view stat);
[[nodiscard]] std::optional<CpuTicks> read_cpu_ticks(const HostRoot& root);

}  // namespace umb
