// SPDX-License-Identifier: Apache-2.0
#include "sys/attached_program.h"

#include "base/text.h"
#include "sys/argument_pointers.h"
#include "sys/process.h"

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

namespace {

struct Start {
  std::vector<char*> arguments, environment;
  std::array<int, 4> streams{};
  int report_fd = -1;  ///< where the errno of a failed start goes; closed by a start that works
  pid_t parent = 0;
};

/// Between fork and exec of a process that may have threads: system calls only.
[[noreturn]] void become_program(const Start& start) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // It was too late for that if the parent has gone already.
  if (::getppid() != start.parent) ::_exit(1);
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  const bool third = start.streams[3] >= 0;
  // First out of the way of their places, then into them; where this fails, its errno is told.
  std::array<int, 4> moved{};
  for (size_t i = 0; i < moved.size(); ++i) {
    moved[i] = ::fcntl(start.streams[i] >= 0 ? start.streams[i] : null, F_DUPFD_CLOEXEC, 4);
  }
  const int report = ::fcntl(start.report_fd, F_DUPFD_CLOEXEC, 4);
  bool placed = true;
  for (size_t i = 0; i < (third ? moved.size() : 3); ++i) {
    placed = ::dup2(moved[i], static_cast<int>(i)) >= 0 && placed;
  }
  ::syscall(SYS_close_range, third ? 4U : 3U, ~0U,
            4U /* CLOSE_RANGE_CLOEXEC, of Linux 5.11: whatever was left open by others */);
  if (placed) ::execve(start.arguments[0], start.arguments.data(), start.environment.data());
  const int failed = errno;
  ::_exit(::write(report, &failed, sizeof failed) == sizeof failed ? 127 : 126);
}

}  // namespace

Result<AttachedProgram> AttachedProgram::start(const std::vector<std::string>& arguments, const Streams& streams) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("cannot make a pipe", errno);
  const UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  std::vector<std::string> words = arguments;
  std::vector<std::string> settings{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/", "TERM=linux"};
  const Start start{argument_pointers(words),
                    argument_pointers(settings),
                    {streams.input, streams.output, streams.errors, streams.third},
                    write_end.get(),
                    ::getpid()};
  const pid_t pid = ::fork();
  if (pid == 0) become_program(start);
  if (pid < 0) return fail_errno("cannot start " + quoted(arguments[0]), errno);
  write_end.reset();
  Result<UniqueFd> pidfd = open_pidfd(pid);
  AttachedProgram program(pid, pidfd.has_value() ? std::move(*pidfd) : UniqueFd());
  if (!pidfd.has_value()) {
    ::kill(pid, SIGKILL);  // not reaped yet, so the number is still its own
    return Failure(pidfd.error());
  }
  int failed = 0;
  ssize_t got = 0;
  while ((got = ::read(read_end.get(), &failed, sizeof failed)) < 0 && errno == EINTR) {
  }
  if (got > 0) return fail_errno("cannot start " + quoted(arguments[0]), failed);
  return program;
}

AttachedProgram::AttachedProgram(AttachedProgram&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), pidfd_(std::move(other.pidfd_)) {}

AttachedProgram::~AttachedProgram() {
  if (pid_ == 0) return;
  kill();
  (void)wait();
}

void AttachedProgram::kill() {
  if (pid_ != 0 && pidfd_.valid()) (void)signal_process(pidfd_.get(), SIGKILL);
}

Result<AttachedProgram::End> AttachedProgram::wait() {
  int status = 0;
  rusage usage{};
  while (::wait4(pid_, &status, 0, &usage) < 0) {
    if (errno != EINTR) return fail_errno("cannot wait for a program", errno);
  }
  pid_ = 0;
  const auto ns = [](const timeval& time) { return (time.tv_sec * 1'000'000LL + time.tv_usec) * 1000; };
  End end;
  end.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  end.cpu_ns = ns(usage.ru_utime) + ns(usage.ru_stime);
  end.peak_memory_bytes = usage.ru_maxrss * 1024;
  return end;
}

}  // namespace umb
