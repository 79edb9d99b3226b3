// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>

namespace umb {

/// Pin the calling thread to one CPU.
[[nodiscard]] Result<void> pin_to_cpu(int64_t cpu);
/// SCHED_FIFO at `priority` for the calling thread; needs CAP_SYS_NICE. Only for a thread that sleeps often: one that
/// spins starves the RCU threads and turns a grace period into seconds.
[[nodiscard]] Result<void> become_fifo(int64_t priority);
/// SCHED_OTHER on every CPU for the calling thread and those that it starts: for threads that are to run side by side,
/// whatever the process that made theirs was set to.
[[nodiscard]] Result<void> become_ordinary();
/// All present and future memory stays in RAM.
[[nodiscard]] Result<void> lock_memory();

}  // namespace umb
