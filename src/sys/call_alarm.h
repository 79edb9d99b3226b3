// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>

#include <time.h>

namespace umb {

/// A time limit for what the calling thread waits for. Once it is over, waiting system calls of this thread end with
/// EINTR, again every 100 ms until the alarm is disarmed; it costs nothing before. Takes SIGALRM, which nothing else
/// here does. A program that is started meanwhile does not inherit it.
class CallAlarm {
 public:
  /// For the calling thread.
  [[nodiscard]] static Result<std::unique_ptr<CallAlarm>> make();
  CallAlarm(const CallAlarm&) = delete;
  CallAlarm& operator=(const CallAlarm&) = delete;
  ~CallAlarm();

  /// From now on, in place of an earlier limit.
  void arm(int64_t limit_ns);
  void disarm();
  /// Whether the limit has passed.
  [[nodiscard]] bool over() const;

 private:
  explicit CallAlarm(timer_t timer) : timer_(timer) {}
  timer_t timer_;
  int64_t deadline_ns_ = 0;  ///< 0: disarmed
};

}  // namespace umb
