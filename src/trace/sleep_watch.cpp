// SPDX-License-Identifier: Apache-2.0
#include "trace/sleep_watch.h"

#include "base/clock.h"
#include "sys/task_look.h"
#include "trace/sleep_cause.h"

#include <csignal>
#include <optional>

#include <pthread.h>

namespace umb {

SleepLook look_at_family(const HostRoot& root, int64_t worker_pid) {
  const int64_t begin_ns = monotonic_ns();
  std::vector<int64_t> family{worker_pid};
  const std::optional<int64_t> init = parent_of(root, worker_pid);
  if (init.value_or(0) > 1) family = descendants_of(root, *init);
  if (family.empty()) family = {worker_pid};

  SleepLook seen;
  for (const int64_t pid : family) {
    const std::optional<TaskLook> look = look_at_task(root, pid);
    if (!look.has_value()) continue;
    if (look->running) {
      seen.cause = "on_cpu";
      seen.place.clear();
      break;
    }
    std::string cause = sleep_cause(look->functions);
    if (seen.cause.empty() || (seen.cause == "unknown" && cause != "unknown")) {
      seen.cause = std::move(cause);
      seen.place = sleep_place(look->functions);
    }
  }
  seen.at_ns = begin_ns + (monotonic_ns() - begin_ns) / 2;
  return seen;
}

SleepWatch::SleepWatch(HostRoot root, int64_t worker_pid) : root_(std::move(root)), worker_pid_(worker_pid) {
  // Signals are the main thread's: a stop must wake that one.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { watch(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

SleepWatch::~SleepWatch() {
  (void)stop();
}

void SleepWatch::watch() {
  while (!stopped_.load(std::memory_order_relaxed) && looks_.size() < kMostLooks) {
    SleepLook seen = look_at_family(root_, worker_pid_);
    if (!seen.cause.empty()) looks_.push_back(std::move(seen));
    sleep_ns(kPauseNs);
  }
}

std::vector<SleepLook> SleepWatch::stop() {
  stopped_ = true;
  if (thread_.joinable()) thread_.join();
  return std::move(looks_);
}

}  // namespace umb
