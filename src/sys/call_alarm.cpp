// SPDX-License-Identifier: Apache-2.0
#include "sys/call_alarm.h"

#include "base/clock.h"

#include <cerrno>

#include <signal.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kAgainNs = 100'000'000;
constexpr int64_t kSecondNs = 1'000'000'000;

timespec as_timespec(int64_t ns) {
  timespec time{};
  time.tv_sec = ns / kSecondNs;
  time.tv_nsec = ns % kSecondNs;
  return time;
}

/// Its being called at all is what ends the system call.
void on_alarm(int /*signal*/) {}

}  // namespace

Result<std::unique_ptr<CallAlarm>> CallAlarm::make() {
  struct sigaction action {};
  action.sa_handler = on_alarm;
  ::sigemptyset(&action.sa_mask);
  // Without SA_RESTART.
  if (::sigaction(SIGALRM, &action, nullptr) != 0) return fail_errno("cannot handle SIGALRM", errno);
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGALRM;
  event._sigev_un._tid = ::gettid();
  timer_t timer{};
  if (::timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return fail_errno("cannot make a timer", errno);
  return std::unique_ptr<CallAlarm>(new CallAlarm(timer));
}

CallAlarm::~CallAlarm() {
  ::timer_delete(timer_);
}

void CallAlarm::arm(int64_t limit_ns) {
  deadline_ns_ = monotonic_ns() + limit_ns;
  // A signal that comes between two system calls interrupts neither: hence again and again.
  const itimerspec times{.it_interval = as_timespec(kAgainNs), .it_value = as_timespec(limit_ns)};
  ::timer_settime(timer_, 0, &times, nullptr);
}

void CallAlarm::disarm() {
  deadline_ns_ = 0;
  const itimerspec never{};
  ::timer_settime(timer_, 0, &never, nullptr);
}

bool CallAlarm::over() const {
  return deadline_ns_ != 0 && monotonic_ns() >= deadline_ns_;
}

}  // namespace umb
