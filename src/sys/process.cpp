// SPDX-License-Identifier: Apache-2.0
#include "sys/process.h"

#include "base/clock.h"
#include "base/text.h"
#include "sys/knob.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <vector>

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace umb {

Result<std::string> boot_id() {
  UMB_ASSIGN(std::string id, read_knob("/proc/sys/kernel/random/boot_id"));
  if (id.size() != 36) return fail("cannot tell which boot this is", "unexpected boot id " + quoted(id));
  return id;
}

Result<uint64_t> parse_start_time(const std::string& stat) {
  const size_t name_end = stat.rfind(')');
  if (name_end != std::string::npos && name_end + 2 <= stat.size()) {
    const std::vector<std::string> fields = split(std::string_view(stat).substr(name_end + 2), ' ');
    constexpr size_t kStartTime = 22 - 3;  // the first one behind the name is field 3
    if (fields.size() > kStartTime) {
      const std::string& text = fields[kStartTime];
      uint64_t value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      if (error == std::errc() && end == text.data() + text.size()) return value;
    }
  }
  return fail("cannot read a process's start time", "unexpected contents " + quoted(stat));
}

Result<uint64_t> process_start_time(pid_t pid) {
  const Result<std::string> stat = read_knob("/proc/" + std::to_string(pid) + "/stat");
  if (!stat) {
    const bool gone = stat.error().errno_value == ENOENT || stat.error().errno_value == ESRCH;
    return fail_errno("cannot tell when process " + std::to_string(pid) + " started",
                      gone ? ESRCH : stat.error().errno_value);
  }
  return parse_start_time(*stat);
}

Result<ProcessId> own_process_id() {
  UMB_ASSIGN(const uint64_t start_time, process_start_time(::getpid()));
  return ProcessId{::getpid(), start_time};
}

Result<UniqueFd> open_pidfd(pid_t pid) {
  const long fd = ::syscall(SYS_pidfd_open, pid, 0);
  if (fd < 0) {
    const int error = errno;
    return fail_errno("cannot watch process " + std::to_string(pid), error,
                      error == ENOSYS ? "Linux 5.3 or later is needed (pidfd_open)" : "",
                      error == ENOSYS ? ErrorKind::kUnavailable : ErrorKind::kFailed);
  }
  return UniqueFd(static_cast<int>(fd));
}

Result<UniqueFd> open_process(const ProcessId& process) {
  // 0 and negative numbers mean other things to the calls below.
  if (process.pid <= 0) return fail_errno("cannot watch process " + std::to_string(process.pid), ESRCH);
  UMB_ASSIGN(UniqueFd pidfd, open_pidfd(process.pid));
  // Read after the pidfd is there: as long as the process behind it has not been reaped, nobody else has its number.
  UMB_ASSIGN(const uint64_t start_time, process_start_time(process.pid));
  if (start_time != process.start_time) {
    return fail_errno("cannot watch process " + std::to_string(process.pid) + ": another one has its number now",
                      ESRCH);
  }
  return pidfd;
}

bool is_same_process(const ProcessId& process) {
  const Result<UniqueFd> pidfd = open_process(process);
  if (!pidfd) return false;
  return !wait_until_ended(pidfd->get(), 0).value_or(true);
}

Result<bool> wait_until_ended(int pidfd, int64_t limit_ns) {
  const int64_t end_ns = monotonic_ns() + limit_ns;
  while (true) {
    const int64_t left_ns = std::max<int64_t>(0, end_ns - monotonic_ns());
    const timespec left{left_ns / 1'000'000'000, left_ns % 1'000'000'000};
    pollfd watched{pidfd, POLLIN, 0};
    const int ready = ::ppoll(&watched, 1, &left, nullptr);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return fail_errno("cannot wait for a process", errno);
    if (ready == 0 && left_ns == 0) return false;
  }
}

Result<void> signal_process(int pidfd, int signal) {
  if (::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0) != 0 && errno != ESRCH) {
    return fail_errno("cannot send signal " + std::to_string(signal) + " to a process", errno);
  }
  return {};
}

}  // namespace umb
