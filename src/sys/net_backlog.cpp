// SPDX-License-Identifier: Apache-2.0
#include "sys/net_backlog.h"

#include "base/clock.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

namespace umb {

namespace {

constexpr int64_t kPauseNs = 20'000'000;
constexpr int kCalmTimes = 3;

int end_at_once(void*) {
  return 0;
}

}  // namespace

int64_t time_net_namespace() {
  alignas(16) std::array<char, 16 * 1024> stack;
  const int64_t start_ns = monotonic_ns();
  const pid_t pid =
      ::clone(end_at_once, stack.data() + stack.size(), CLONE_NEWNET | CLONE_VM | CLONE_VFORK | SIGCHLD, nullptr);
  if (pid < 0) return -1;
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return monotonic_ns() - start_ns;
}

int64_t usual_net_namespace_ns() {
  std::array<int64_t, 5> times_ns{};
  for (int64_t& time_ns : times_ns) {
    time_ns = time_net_namespace();
    sleep_ns(kPauseNs);
  }
  std::ranges::sort(times_ns);
  return times_ns[times_ns.size() / 2];
}

void wait_for_net_backlog(int64_t usual_ns, int64_t limit_ns) {
  const int64_t end_ns = monotonic_ns() + limit_ns;
  int calm = 0;
  while (calm < kCalmTimes && monotonic_ns() < end_ns) {
    sleep_ns(kPauseNs);
    calm = time_net_namespace() <= 2 * usual_ns ? calm + 1 : 0;
  }
}

}  // namespace umb
