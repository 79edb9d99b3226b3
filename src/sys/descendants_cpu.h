// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sys/host_file.h"

#include <cstdint>

namespace umb {

/// CPU time of all that live below `pid` and of those that they have reaped, which getrusage(2) tells only once they
/// are reaped themselves; without `pid`'s own. To a tick (mostly 10 ms) for each. 0 where the kernel doesn't tell
/// (CONFIG_PROC_CHILDREN).
[[nodiscard]] int64_t descendants_cpu_ns(const HostRoot& root, int64_t pid);

}  // namespace umb
