// SPDX-License-Identifier: Apache-2.0
#include "vm/guest_job.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "sys/host_file.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <map>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr const char* kFolder = "/job";
constexpr const char* kOutFolder = "/job/out";
constexpr int kLookMs = 100;
/// What a job has written so far is sent at most this often, and only after a line of it: between two of its cases.
constexpr int64_t kGrowthEveryNs = 10'000'000'000;
/// Of one frame, before it is packed: whatever the bytes are, they fit then.
constexpr size_t kGrowthPieceBytes = kMaxFramePayload / 4 * 3;
/// Of all frames at a time, packed: a second or two of a CPU under emulation. What is left comes the next time.
constexpr size_t kMaxGrowthBytes = kMaxFramePayload;
constexpr size_t kMaxLineBytes = 4096;

Result<void> lay_out(const Job& job) {
  for (const char* folder : {kFolder, kOutFolder}) {
    if (::mkdir(folder, 0755) != 0 && errno != EEXIST) return fail_errno("cannot make the job's folder", errno);
  }
  for (const auto& [name, bytes] : job.files) {
    UMB_ASSIGN(OutputFile file, OutputFile::create(std::string(kFolder) + "/" + name));
    UMB_TRY(file.write(bytes));
    UMB_TRY(file.commit());
  }
  return {};
}

[[noreturn]] void be_job(const Job& job, const JobMain& job_main, int stderr_fd) {
  ::setsid();
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, 0);
  ::dup2(null, 1);
  ::dup2(stderr_fd, 2);
  ::setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
  ::setenv("HOME", "/root", 1);
  ::_exit(::chdir(kFolder) == 0 ? job_main(job.arguments) : 3);
}

/// The files in "out" that have grown since the last time, as far as they have.
class GrowthWatch {
 public:
  Result<void> send_to(GuestLine& line) {
    const int64_t now_ns = monotonic_ns();
    if (now_ns - sent_at_ns_ < kGrowthEveryNs) return {};
    sent_at_ns_ = now_ns;
    for (const std::string& name : host_names({}, kOutFolder)) UMB_TRY(send_end_of(name, line));
    return {};
  }

 private:
  Result<void> send_end_of(const std::string& name, GuestLine& line) {
    for (size_t sent_bytes = 0; sent_bytes < kMaxGrowthBytes;) {
      UMB_ASSIGN(const std::string bytes, end_of(name));
      if (bytes.empty()) break;
      UMB_ASSIGN(const std::string packed, pack_growth({name, sent_[name], bytes}));
      UMB_TRY(line.send(FrameKind::kGrowth, packed));
      // The host takes no piece that doesn't follow the one before: nothing may be left out.
      sent_[name] += bytes.size();
      sent_bytes += packed.size();
    }
    return {};
  }

  Result<std::string> end_of(const std::string& name) {
    const std::string path = std::string(kOutFolder) + "/" + name;
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file.valid()) return std::string();
    std::string bytes(kGrowthPieceBytes, '\0');
    const ssize_t got = ::pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(sent_[name]));
    bytes.resize(got > 0 ? static_cast<size_t>(got) : 0);
    return bytes;
  }
  int64_t sent_at_ns_ = monotonic_ns();
  std::map<std::string, uint64_t> sent_;
};

/// Sends every whole line that is in `pending`.
Result<void> send_lines(std::string& pending, GuestLine& line, GrowthWatch& growth) {
  bool sent = false;
  while (true) {
    size_t end = pending.find('\n');
    if (end == std::string::npos && pending.size() < kMaxLineBytes) break;
    end = std::min(end, kMaxLineBytes);
    UMB_TRY(line.send(FrameKind::kProgress, pending.substr(0, end)));
    pending.erase(0, end + 1);
    sent = true;
  }
  return sent ? growth.send_to(line) : Result<void>();
}

/// Takes what the pipe holds; false when it has ended.
bool take(int fd, int wait_ms, std::string& pending) {
  pollfd waiting{fd, POLLIN, 0};
  if (::poll(&waiting, 1, wait_ms) <= 0) return true;
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(fd, buffer.data(), buffer.size());
  if (got > 0) pending.append(buffer.data(), static_cast<size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

/// Reaps all that has ended; true when the job was among it.
bool reap(pid_t job, int& status) {
  bool job_ended = false;
  int one = 0;
  for (pid_t ended = 0; (ended = ::waitpid(-1, &one, WNOHANG)) > 0;) {
    if (ended != job) continue;
    job_ended = true;
    status = one;
  }
  return job_ended;
}

}  // namespace

Result<int> run_job(const Job& job, const JobMain& job_main, GuestLine& line) {
  UMB_TRY(lay_out(job));
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("cannot make a pipe", errno);
  const UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  const pid_t child = ::fork();
  if (child == 0) be_job(job, job_main, write_end.get());
  if (child < 0) return fail_errno("cannot fork", errno);
  write_end.reset();
  std::string pending;
  GrowthWatch growth;
  int status = 0;
  bool open = true;
  while (!reap(child, status)) {
    if (open)
      open = take(read_end.get(), kLookMs, pending);
    else
      sleep_ns(int64_t{kLookMs} * 1'000'000);
    UMB_TRY(send_lines(pending, line, growth));
  }
  for (size_t before = pending.size() + 1; open && before != pending.size();) {
    before = pending.size();
    open = take(read_end.get(), 0, pending);
  }
  if (!pending.empty()) pending += '\n';
  UMB_TRY(send_lines(pending, line, growth));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace umb
