// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sys/host_file.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace umb {

/// What the processes of a worker were at, at one moment.
struct SleepLook {
  int64_t at_ns = 0;  ///< CLOCK_MONOTONIC, half way through the look
  std::string cause;  ///< "on_cpu" when any of them ran, else what one of them waited for, else "unknown"
  std::string place;  ///< the kernel's function slept in; "" when running
};

/// One look at the worker and everything below its parent, which is the sandbox's init: what outlives its own parent
/// comes to be there. An empty cause when there is nobody to be seen.
[[nodiscard]] SleepLook look_at_family(const HostRoot& root, int64_t worker_pid);

/// Looks at a worker's family again and again, from a thread of its own, some thousand times a second, until stopped.
/// What is looked at is slowed down a little: a task's stack can't be read while it executes a program or the like.
class SleepWatch {
 public:
  static constexpr int64_t kPauseNs = 100'000;
  static constexpr size_t kMostLooks = 200'000;

  SleepWatch(HostRoot root, int64_t worker_pid);
  SleepWatch(const SleepWatch&) = delete;
  SleepWatch& operator=(const SleepWatch&) = delete;
  ~SleepWatch();

  /// Everything seen, in order of time; the thread has ended.
  [[nodiscard]] std::vector<SleepLook> stop();

 private:
  void watch();

  HostRoot root_;
  int64_t worker_pid_;
  std::atomic<bool> stopped_ = false;
  std::vector<SleepLook> looks_;
  std::thread thread_;
};

}  // namespace umb
