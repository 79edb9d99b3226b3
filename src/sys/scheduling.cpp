// SPDX-License-Identifier: Apache-2.0
#include "sys/scheduling.h"

#include <array>
#include <cerrno>
#include <string>

#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

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

Result<void> lock_memory() {
  if (::mlockall(MCL_CURRENT | MCL_FUTURE) == 0) return {};
  return fail_errno("cannot lock memory", errno);
}

Result<void> become_ordinary() {
  const sched_param parameters{};
  if (::sched_setscheduler(0, SCHED_OTHER, &parameters) != 0) return fail_errno("cannot leave SCHED_FIFO", errno);
  constexpr size_t kCpus = 8192;
  std::array<unsigned long, kCpus / (8 * sizeof(unsigned long))> all{};
  all.fill(~0UL);
  // The system call itself: the library's type ends at 1024 CPUs. What isn't there or allowed the kernel leaves out.
  if (::syscall(SYS_sched_setaffinity, 0, sizeof all, all.data()) < 0) return fail_errno("cannot use every CPU", errno);
  return {};
}

}  // namespace umb
