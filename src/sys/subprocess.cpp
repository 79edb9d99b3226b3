// SPDX-License-Identifier: Apache-2.0
#include "sys/subprocess.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/argument_pointers.h"
#include "sys/call_alarm.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

/// What a started program finds: /dev/null as input, its output in its place, no signal ignored or blocked.
class SpawnSetup {
 public:
  explicit SpawnSetup(const ProgramPlace& place) {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawn_file_actions_addopen(&files_, 0, "/dev/null", O_RDONLY, 0);
    if (place.output_fd >= 0) {
      ::posix_spawn_file_actions_adddup2(&files_, place.output_fd, 1);
    } else {
      ::posix_spawn_file_actions_addopen(&files_, 1, "/dev/null", O_WRONLY, 0);
    }
    ::posix_spawn_file_actions_adddup2(&files_, place.error_fd >= 0 ? place.error_fd : 1, 2);
    if (!place.folder.empty()) ::posix_spawn_file_actions_addchdir_np(&files_, place.folder.c_str());
    ::posix_spawnattr_init(&attributes_);
    sigset_t defaults;
    sigset_t none;
    ::sigemptyset(&none);
    ::sigemptyset(&defaults);
    for (const int signal : {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGCHLD}) ::sigaddset(&defaults, signal);
    ::posix_spawnattr_setsigdefault(&attributes_, &defaults);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    // A group of its own, where whatever it starts is killed with it.
    const int group = place.alarm != nullptr ? POSIX_SPAWN_SETPGROUP : 0;
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_,
                               static_cast<short>(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group));
  }
  ~SpawnSetup() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&files_);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;

  /// 0 or an errno.
  int start(pid_t& pid, char* const* arguments, char* const* environment) {
    return ::posix_spawn(&pid, arguments[0], &files_, &attributes_, arguments, environment);
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

namespace {

constexpr std::array<const char*, 6> kProgramFolders{"/usr/sbin", "/usr/bin",        "/sbin",
                                                     "/bin",      "/usr/local/sbin", "/usr/local/bin"};

/// Reads until the pipe ends or the deadline is over; tells whether it ended.
bool collect(int fd, int64_t deadline_ns, size_t limit, std::string& output) {
  std::array<char, 4096> buffer{};
  while (true) {
    const int64_t left_ns = deadline_ns - monotonic_ns();
    if (left_ns <= 0) return false;
    pollfd waiting{fd, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(left_ns / 1'000'000) + 1);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t got = ready > 0 ? ::read(fd, buffer.data(), buffer.size()) : -1;
    if (got <= 0) return true;
    const size_t room = limit - std::min(limit, output.size());
    output.append(buffer.data(), std::min(room, static_cast<size_t>(got)));
  }
}

/// Waits for `pid` until the deadline and then kills it: a program may close its output and live on.
bool wait_until(pid_t pid, int64_t deadline_ns, int& status) {
  while (true) {
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended == pid) return true;
    if (monotonic_ns() >= deadline_ns) break;
    sleep_ns(1'000'000);
  }
  ::kill(pid, SIGKILL);
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return false;
}

}  // namespace

std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0 ? name : "";
  for (const char* folder : kProgramFolders) {
    std::string path = std::string(folder) + "/" + name;
    struct stat facts {};
    if (::stat(path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) && ::access(path.c_str(), X_OK) == 0) return path;
  }
  return "";
}

Result<ProgramResult> run_program(const std::vector<std::string>& arguments, int64_t time_limit_ns,
                                  size_t output_limit) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("cannot make a pipe", errno);
  const UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  std::vector<std::string> words = arguments;
  std::vector<std::string> settings{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
  const std::vector<char*> word_pointers = argument_pointers(words);
  const std::vector<char*> setting_pointers = argument_pointers(settings);
  pid_t pid = 0;
  const int failed =
      SpawnSetup({.output_fd = write_end.get()}).start(pid, word_pointers.data(), setting_pointers.data());
  if (failed != 0) return fail_errno("cannot start " + quoted(arguments[0]), failed);
  write_end.reset();

  ProgramResult result;
  const int64_t deadline_ns = monotonic_ns() + time_limit_ns;
  const bool output_ended = collect(read_end.get(), deadline_ns, output_limit, result.output);
  int status = 0;
  result.timed_out = !wait_until(pid, output_ended ? deadline_ns : 0, status);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  result.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return result;
}

Result<std::string> run_program_well(const std::vector<std::string>& arguments, int64_t time_limit_ns) {
  UMB_ASSIGN(ProgramResult result, run_program(arguments, time_limit_ns));
  const std::string what = quoted(arguments[0]) + " failed";
  if (result.timed_out) return fail(what, "not done within " + human_duration(time_limit_ns));
  if (result.signal != 0) return fail(what, "ended by signal " + std::to_string(result.signal));
  if (result.exit_code == 0) return std::move(result.output);
  const std::vector<std::string> lines = split(trimmed(result.output), '\n');
  return fail(what, "exit code " + std::to_string(result.exit_code) +
                        (lines.back().empty() ? "" : ": " + printable(lines.back())));
}

TimedProgram::TimedProgram(std::vector<std::string> arguments, int output_fd)
    : TimedProgram(std::move(arguments), ProgramPlace{.output_fd = output_fd}) {}

TimedProgram::TimedProgram(std::vector<std::string> arguments, const ProgramPlace& place)
    : arguments_(std::move(arguments)),
      environment_(place.environment),
      pointers_(argument_pointers(arguments_)),
      environment_pointers_(argument_pointers(environment_)),
      alarm_(place.alarm),
      setup_(std::make_unique<SpawnSetup>(place)) {}

TimedProgram::~TimedProgram() = default;

TimedProgram::Outcome TimedProgram::execute() {
  Outcome outcome;
  pid_t pid = 0;
  outcome.errno_value =
      setup_->start(pid, pointers_.data(), environment_.empty() ? environ : environment_pointers_.data());
  if (outcome.errno_value != 0) return outcome;
  int status = 0;
  rusage usage{};
  while (::wait4(pid, &status, 0, &usage) < 0) {
    if (errno != EINTR) {
      outcome.errno_value = errno;
      return outcome;
    }
    if (alarm_ != nullptr && alarm_->over()) {
      outcome.timed_out = true;
      ::kill(-pid, SIGKILL);
    }
  }
  const auto ns = [](const timeval& time) { return (time.tv_sec * 1'000'000LL + time.tv_usec) * 1000; };
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  outcome.cpu_ns = ns(usage.ru_utime) + ns(usage.ru_stime);
  outcome.voluntary_switches = usage.ru_nvcsw;
  return outcome;
}

}  // namespace umb
