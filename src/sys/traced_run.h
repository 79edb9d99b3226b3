// SPDX-License-Identifier: Apache-2.0
// What a container runtime does to give its container a root, as its system calls tell. Never inside a stopwatch.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// Which of these calls worked at least once, in the program or in anything that it started.
struct RootCalls {
  bool pivot_root = false;
  bool open_tree_namespace = false;  ///< open_tree(OPEN_TREE_NAMESPACE), Linux 7.0
  bool moved_mount = false;          ///< mount(MS_MOVE) onto a root that chroot(2) then enters
  bool chroot = false;
};

/// "pivot", "open_tree_namespace" or "chroot" (a mount moved over the root and entered); "" when none of them was seen.
[[nodiscard]] std::string container_path_of(const RootCalls& calls);

struct TracedRun {
  int exit_code = 0;       ///< of the program itself; -1 when ended by a signal
  bool timed_out = false;  ///< it and all that it had started were killed
  RootCalls calls;
};

/// Runs a program with all that it starts under ptrace(2), to the end of the last of them; its environment holds the
/// `settings` ("NAME=VALUE") and nothing else, output goes to `output_fd`, input is /dev/null. The caller has one
/// thread and no other children. kUnavailable when it may not trace here (seccomp, Yama); any other error: the program
/// could not be started.
[[nodiscard]] Result<TracedRun> run_traced(const std::vector<std::string>& arguments,
                                           const std::vector<std::string>& settings, int output_fd,
                                           int64_t time_limit_ns);

}  // namespace umb
