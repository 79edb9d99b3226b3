// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "sys/mount_door.h"

#include <cstdint>
#include <memory>
#include <string>

namespace umb {

struct UmounterOptions {
  std::string folder;  ///< of our own; in the helper's process it becomes a root of its own
  int64_t count = 1;
  bool own_namespaces = false;
  int flags = 0;                 ///< of umount2
  int64_t release_limit_ns = 0;  ///< for the second clock
};

/// What one go of all umounters gave. Plain bytes: it comes from another process.
struct UmountersRun {
  int64_t began_ns = 0;     ///< CLOCK_MONOTONIC, when they were let go
  int64_t ended_ns = 0;     ///< when the last call had returned
  int64_t call_p50_ns = 0;  ///< the median of their calls
  int64_t call_max_ns = 0;
  int64_t failed = 0;       ///< how many calls failed
  int32_t errno_value = 0;  ///< of one of these
  bool at_first = false;
  int64_t released_at_ns = 0;  ///< of the last super block, where watched; 0: not within the limit
};

/// Threads that each make a mount and wait, until all of them are let go at once to take it off.
class Umounters {
 public:
  virtual ~Umounters() = default;
  [[nodiscard]] virtual Result<void> mount(bool watched) = 0;
  [[nodiscard]] virtual Result<UmountersRun> run() = 0;
  /// Takes off what is left of failed calls; how many mounts are there although their call worked.
  [[nodiscard]] virtual Result<int64_t> undo() = 0;
};

/// In a process of their own, whose mount namespace, or theirs, has nothing else. They run on every CPU, at ordinary
/// priority.
[[nodiscard]] Result<std::unique_ptr<Umounters>> start_umounters(const UmounterOptions& options);
/// In this process and its mount namespace, or namespaces that are copies of it; `door` belongs to the caller and is
/// called by many threads at once.
[[nodiscard]] Result<std::unique_ptr<Umounters>> start_umounter_threads(const UmounterOptions& options,
                                                                        MountDoor& door);

}  // namespace umb
