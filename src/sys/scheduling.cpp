// SPDX-License-Identifier: Apache-2.0
#include "sys/scheduling.h"

#include <cerrno>
#include <string>

#include <sched.h>
#include <sys/mman.h>

namespace umb {

Result<void> pin_to_cpu(int64_t cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (cpu < CPU_SETSIZE) CPU_SET(static_cast<size_t>(cpu), &set);
  if (::sched_setaffinity(0, sizeof set, &set) == 0) return {};
  return fail_errno("cannot pin to CPU " + std::to_string(cpu), errno);
}

Result<void> become_fifo(int64_t priority) {
  sched_param parameters{};
  parameters.sched_priority = static_cast<int>(priority);
  if (::sched_setscheduler(0, SCHED_FIFO, &parameters) == 0) return {};
  return fail_errno("cannot use SCHED_FIFO at priority " + std::to_string(priority), errno);
}

Result<void> become_ordinary() {
  cpu_set_t all;
  CPU_ZERO(&all);
  for (size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) CPU_SET(cpu, &all);
  const sched_param none{};
  if (::sched_setscheduler(0, SCHED_OTHER, &none) != 0 || ::sched_setaffinity(0, sizeof all, &all) != 0) {
    return fail_errno("cannot leave the scheduling that was inherited", errno);
  }
  return {};
}

Result<void> lock_memory() {
  if (::mlockall(MCL_CURRENT | MCL_FUTURE) == 0) return {};
  return fail_errno("cannot lock memory", errno);
}

}  // namespace umb
