// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace umb {

struct ExitingTaskOptions {
  std::string folder;  ///< of our own; needed while the helper starts
  int64_t mounts = 1;  ///< in the task's mount namespace, beside its root
  int64_t release_limit_ns = 0;
};

/// What one exit gave. Plain bytes: it comes from another process.
struct TaskExit {
  int64_t began_ns = 0;  ///< CLOCK_MONOTONIC, the task's last look at the clock
  int64_t ended_ns = 0;  ///< when it had been reaped
  int32_t status = 0;    ///< as of waitpid
  bool at_first = false;
  int64_t released_at_ns = 0;  ///< of the last super block, where watched; 0: not within the limit
};

/// A task in a mount namespace of its own, whose end is the namespace's.
class ExitingTask {
 public:
  virtual ~ExitingTask() = default;
  /// It is there, with all its mounts, and waits.
  [[nodiscard]] virtual Result<void> start(bool watched) = 0;
  /// It leaves and is reaped.
  [[nodiscard]] virtual Result<TaskExit> exit() = 0;
  /// It is gone, however far it had come.
  [[nodiscard]] virtual Result<void> undo() = 0;
};

/// The task is forked by a small process, because a task's exit takes the longer the more memory it has.
[[nodiscard]] Result<std::unique_ptr<ExitingTask>> start_exiting_task(const ExitingTaskOptions& options);

}  // namespace umb
