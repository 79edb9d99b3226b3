// SPDX-License-Identifier: Apache-2.0
#include "app/stop_signals.h"

#include "base/clock.h"

#include <atomic>

#include <signal.h>
#include <unistd.h>

namespace umb {

namespace {

/// What arrives together is one request: timeout(1) signals the program and then its whole group.
constexpr int64_t kOneRequestNs = 100'000'000;

StopFlag* the_stop = nullptr;
std::atomic<int64_t> asked_at_ns = 0;

/// The first signal asks for an orderly stop, the second one leaves at once: the guardian undoes.
void on_signal(int signal) {
  const int64_t now_ns = monotonic_ns();
  if (!the_stop->requested()) {
    asked_at_ns = now_ns;
    the_stop->request(signal);
  } else if (now_ns - asked_at_ns > kOneRequestNs) {
    ::_exit(128 + signal);
  }
}

}  // namespace

StopFlag& listen_for_signals() {
  // To the end of the process: a signal may still come when all is done.
  static StopFlag stop;
  the_stop = &stop;
  struct sigaction action {};
  action.sa_handler = on_signal;
  for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
  // Under nohup the end of the terminal is not ours.
  struct sigaction found {};
  if (::sigaction(SIGHUP, nullptr, &found) == 0 && found.sa_handler != SIG_IGN) ::sigaction(SIGHUP, &action, nullptr);
  // A reader of stdout or stderr that went away is an error of write(2), not the end.
  ::signal(SIGPIPE, SIG_IGN);
  return stop;
}

}  // namespace umb
