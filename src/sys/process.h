// SPDX-License-Identifier: Apache-2.0
// Processes by more than their number: a number is used again, a number together with its start time is not. Everything
// that is killed or waited for goes through a pidfd, which keeps meaning the process that it was opened for.
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstdint>
#include <string>

#include <sys/types.h>

namespace umb {

/// One process of this boot, as seen from the caller's PID namespace.
struct ProcessId {
  pid_t pid = 0;
  uint64_t start_time = 0;  ///< clock ticks since boot: field 22 of /proc/PID/stat

  bool operator==(const ProcessId&) const = default;
};

/// The kernel's random id of this boot, 36 characters.
[[nodiscard]] Result<std::string> boot_id();

/// Field 22 of the text of a /proc/PID/stat. The program's name (field 2) may hold spaces and brackets.
[[nodiscard]] Result<uint64_t> parse_start_time(const std::string& stat);
/// Fails with ESRCH when there is no such process; one that has ended but was not yet reaped still has a start time.
[[nodiscard]] Result<uint64_t> process_start_time(pid_t pid);
[[nodiscard]] Result<ProcessId> own_process_id();

/// A pidfd (close-on-exec) of whatever process has that number now. Linux 5.3.
[[nodiscard]] Result<UniqueFd> open_pidfd(pid_t pid);
/// A pidfd of this very process; ESRCH when it is gone or another one has its number.
[[nodiscard]] Result<UniqueFd> open_process(const ProcessId& process);

/// Whether this very process is there and has not ended (an ended one that nobody has reaped counts as gone).
[[nodiscard]] bool is_same_process(const ProcessId& process);

/// Wait until the process has ended, at most `limit_ns` (0: only look): true when it has. Does not reap it.
[[nodiscard]] Result<bool> wait_until_ended(int pidfd, int64_t limit_ns);
/// Send a signal; a process that has ended already is no error.
[[nodiscard]] Result<void> signal_process(int pidfd, int signal);

}  // namespace umb
