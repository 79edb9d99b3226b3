// SPDX-License-Identifier: Apache-2.0
#include "sys/traced_run.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/argument_pointers.h"
#include "sys/open_tree_namespace.h"

#include <array>
#include <cerrno>
#include <map>

#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kPauseNs = 20'000;
constexpr auto kOptions = static_cast<unsigned long>(PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK |
                                                     PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
constexpr int kSystemCallStop = SIGTRAP | 0x80;

/// The child: waits until it is traced, and leaves an errno behind when exec does not work.
[[noreturn]] void become(const std::vector<char*>& arguments, const std::vector<char*>& settings, int output_fd,
                         int go_fd, int failed_fd) {
  char go = 0;
  if (::read(go_fd, &go, 1) != 1) ::_exit(127);
  // What this process ignores a program would ignore too.
  for (const int signal : {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGCHLD}) ::signal(signal, SIG_DFL);
  const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(null, 0);
  ::dup2(output_fd, 1);
  ::dup2(output_fd, 2);
  ::execve(arguments[0], arguments.data(), settings.data());
  const int reason = errno;
  (void)!::write(failed_fd, &reason, sizeof reason);
  ::_exit(127);
}

class Tracer {
 public:
  Tracer(pid_t program, int64_t deadline_ns) : program_(program), deadline_ns_(deadline_ns) {
    tracees_.emplace(program, Call{});
  }

  /// Until nothing that is traced is left.
  TracedRun follow() {
    while (true) {
      int status = 0;
      const pid_t pid = ::waitpid(-1, &status, __WALL | WNOHANG);
      if (pid < 0 && errno != EINTR) return run_;
      if (pid <= 0) {
        if (!run_.timed_out && monotonic_ns() >= deadline_ns_) kill_all();
        sleep_ns(kPauseNs);
      } else if (WIFSTOPPED(status)) {
        stopped(pid, status);
      } else {
        ended(pid, status);
      }
    }
  }

 private:
  /// The call that a tracee is in, if it is one of those looked for.
  struct Call {
    bool* seen = nullptr;
  };

  void kill_all() {
    run_.timed_out = true;
    for (const auto& [pid, call] : tracees_) ::kill(pid, SIGKILL);
  }

  void ended(pid_t pid, int status) {
    tracees_.erase(pid);
    if (pid == program_) run_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  void stopped(pid_t pid, int status) {
    const int signal = WSTOPSIG(status);
    const int event = status >> 16;
    long pass_on = 0;
    auto request = PTRACE_SYSCALL;
    tracees_.try_emplace(pid);
    if (signal == kSystemCallStop) {
      at_system_call(pid);
    } else if (event == PTRACE_EVENT_STOP && signal != SIGTRAP) {
      request = PTRACE_LISTEN;  // stopped by job control: it stays so until it is continued
    } else if (event == 0) {
      pass_on = signal;
    }
    ::ptrace(request, pid, nullptr, pass_on);
    if (run_.timed_out) ::kill(pid, SIGKILL);
  }

  void at_system_call(pid_t pid) {
    __ptrace_syscall_info info{};
    if (::ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) <= 0) return;
    // The first call is our own child's. A program of another architecture has other numbers.
    if (native_ == 0) native_ = info.arch;
    if (info.arch != native_) return;
    bool*& seen = tracees_[pid].seen;
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
      seen = looked_for(info.entry.nr, info.entry.args);
    } else if (info.op == PTRACE_SYSCALL_INFO_EXIT && seen != nullptr) {
      *seen = *seen || info.exit.is_error == 0;
      seen = nullptr;
    }
  }

  bool* looked_for(uint64_t number, const uint64_t* arguments) {
    switch (number) {
      case SYS_pivot_root:
        return &run_.calls.pivot_root;
      case SYS_open_tree:
        return (arguments[2] & kOpenTreeNamespace) != 0 ? &run_.calls.open_tree_namespace : nullptr;
      case SYS_mount:
        return (arguments[3] & MS_MOVE) != 0 ? &run_.calls.moved_mount : nullptr;
      case SYS_chroot:
        return &run_.calls.chroot;
      default:
        return nullptr;
    }
  }

  pid_t program_;
  int64_t deadline_ns_;
  std::map<pid_t, Call> tracees_;
  uint32_t native_ = 0;
  TracedRun run_;
};

}  // namespace

std::string container_path_of(const RootCalls& calls) {
  // A runtime that tried the namespace first and then pivoted has paid for the pivot.
  if (calls.pivot_root) return "pivot";
  if (calls.open_tree_namespace) return "open_tree_namespace";
  return calls.moved_mount && calls.chroot ? "chroot" : "";
}

Result<TracedRun> run_traced(const std::vector<std::string>& arguments, const std::vector<std::string>& settings,
                             int output_fd, int64_t time_limit_ns) {
  std::array<int, 2> go{};
  std::array<int, 2> failed{};
  if (::pipe2(go.data(), O_CLOEXEC) != 0) return fail_errno("cannot make a pipe", errno);
  const UniqueFd go_read(go[0]);
  UniqueFd go_write(go[1]);
  if (::pipe2(failed.data(), O_CLOEXEC) != 0) return fail_errno("cannot make a pipe", errno);
  const UniqueFd failed_read(failed[0]);
  UniqueFd failed_write(failed[1]);
  std::vector<std::string> words = arguments;
  const std::vector<char*> pointers = argument_pointers(words);
  std::vector<std::string> environment = settings;
  const std::vector<char*> environment_pointers = argument_pointers(environment);
  const pid_t pid = ::fork();
  if (pid == 0) {
    go_write.reset();
    become(pointers, environment_pointers, output_fd, go_read.get(), failed_write.get());
  }
  if (pid < 0) return fail_errno("cannot start " + quoted(arguments[0]), errno);
  failed_write.reset();
  if (::ptrace(PTRACE_SEIZE, pid, nullptr, kOptions) != 0) {
    const int reason = errno;
    go_write.reset();
    ::waitpid(pid, nullptr, 0);
    return fail_errno("cannot trace " + quoted(arguments[0]), reason, "", ErrorKind::kUnavailable);
  }
  (void)!::write(go_write.get(), "", 1);
  TracedRun run = Tracer(pid, monotonic_ns() + time_limit_ns).follow();
  int reason = 0;
  if (::read(failed_read.get(), &reason, sizeof reason) == sizeof reason) {
    return fail_errno("cannot start " + quoted(arguments[0]), reason);
  }
  return run;
}

}  // namespace umb
