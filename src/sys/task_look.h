// SPDX-License-Identifier: Apache-2.0
// What a task of somebody else's is at just now, from /proc/PID. Reading a task's stack takes its exec lock for a
// moment and needs CAP_SYS_ADMIN; its wchan needs the right to trace it.
#pragma once

#include "sys/host_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

struct TaskLook {
  /// It runs, or waits for a CPU only.
  bool running = false;
  /// The kernel's functions that it sleeps in, the innermost first; only the first one where the stack can't be read.
  /// Empty when running.
  std::vector<std::string> functions;
};

/// The main thread of a process; nullopt when it is gone or can't be looked at. Some 20 us.
[[nodiscard]] std::optional<TaskLook> look_at_task(const HostRoot& root, int64_t pid);

/// "[<0>] path_umount+0x14c/0x500" and so on as names, without what a compiler added to them (".isra.0").
[[nodiscard]] std::vector<std::string> functions_in_stack(std::string_view text);

/// All below `pid`, its children first, without it; at most 1000. Some ms where the kernel has no lists of children
/// (CONFIG_PROC_CHILDREN), some 20 us each otherwise.
[[nodiscard]] std::vector<int64_t> descendants_of(const HostRoot& root, int64_t pid);
/// The threads of a process, its first one too; empty when it is gone.
[[nodiscard]] std::vector<int64_t> threads_of(const HostRoot& root, int64_t pid);
/// What it calls itself (/proc/PID/comm); "" when it is gone.
[[nodiscard]] std::string name_of_process(const HostRoot& root, int64_t pid);
[[nodiscard]] std::optional<int64_t> parent_of(const HostRoot& root, int64_t pid);

}  // namespace umb
