// SPDX-License-Identifier: Apache-2.0
#include "vm/guest_job.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "sys/process.h"

#include <array>
#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr const char* kFolder = "/job";
constexpr const char* kOutFolder = "/job/out";
/// What a job has written so far is sent at most this often.
constexpr int64_t kGrowthEveryNs = 10'000'000'000;
constexpr size_t kMaxLineBytes = 4096;
constexpr size_t kMaxPendingBytes = size_t{4} << 20U;
constexpr char kResting = 'R', kGoOn = 'G';

struct Ends {
  UniqueFd ours, theirs;
};

Result<Ends> make_ends() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail_errno("cannot make a socket pair", errno);
  }
  return Ends{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

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

/// Says that it rests, and waits until it may go on.
void rest_at(int fd) {
  char byte = kResting;
  if (::write(fd, &byte, 1) != 1) return;
  while (::read(fd, &byte, 1) < 0 && errno == EINTR) {
  }
}

[[noreturn]] void be_job(const Job& job, const JobMain& job_main, int stderr_fd, int rest_fd) {
  ::setsid();
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, 0);
  ::dup2(null, 1);
  ::dup2(stderr_fd, 2);
  ::setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
  ::setenv("HOME", "/root", 1);
  ::_exit(::chdir(kFolder) == 0 ? job_main(job.arguments, [rest_fd] { rest_at(rest_fd); }) : 3);
}

/// What a running job has said and written, and how much of it the host has.
class Sender {
 public:
  Sender(const Job& job, GuestLine& line) : line_(line), growing_(job.growing) {}

  /// Takes what the job says; false when there is nothing more. Sends nothing.
  bool take(int fd) {
    std::array<char, 4096> buffer{};
    const ssize_t got = ::recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got > 0 && pending_.size() < kMaxPendingBytes) pending_.append(buffer.data(), static_cast<size_t>(got));
    return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
  }

  Result<void> send_lines() {
    while (!pending_.empty()) {
      size_t end = pending_.find('\n');
      if (end == std::string::npos && pending_.size() < kMaxLineBytes) return {};
      end = std::min(end, kMaxLineBytes);
      UMB_TRY(line_.send(FrameKind::kProgress, pending_.substr(0, end)));
      pending_.erase(0, end + 1);
    }
    return {};
  }

  Result<void> send_growth() {
    const int64_t now_ns = monotonic_ns();
    if (growing_.empty() || now_ns - sent_at_ns_ < kGrowthEveryNs) return {};
    sent_at_ns_ = now_ns;
    const UniqueFd file(
        ::open((std::string(kOutFolder) + "/" + growing_).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file.valid()) return {};
    std::string bytes(kMaxGrowthBytes, '\0');
    while (true) {
      const ssize_t got = ::pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(sent_bytes_));
      if (got <= 0) return {};
      UMB_ASSIGN(const std::string packed,
                 pack_growth({growing_, sent_bytes_, bytes.substr(0, static_cast<size_t>(got))}));
      UMB_TRY(line_.send(FrameKind::kGrowth, packed));
      sent_bytes_ += static_cast<uint64_t>(got);
    }
  }

  /// The job has ended, perhaps within a line.
  void end_line() {
    if (!pending_.empty() && !pending_.ends_with('\n')) pending_ += '\n';
  }

 private:
  GuestLine& line_;
  std::string growing_;
  std::string pending_;
  int64_t sent_at_ns_ = monotonic_ns();
  uint64_t sent_bytes_ = 0;
};

/// Init sleeps until the job says something, rests, or has ended; it works for the line only while the job rests.
Result<void> serve_until_end(int pidfd, int stderr_fd, int rest_fd, Sender& sender) {
  bool saying = true;
  while (true) {
    std::array<pollfd, 3> waiting{{{pidfd, POLLIN, 0}, {rest_fd, POLLIN, 0}, {saying ? stderr_fd : -1, POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
    if (waiting[2].revents != 0) saying = sender.take(stderr_fd);
    char byte = 0;
    if (waiting[1].revents != 0 && ::recv(rest_fd, &byte, 1, MSG_DONTWAIT) == 1 && byte == kResting) {
      UMB_TRY(sender.send_lines());
      UMB_TRY(sender.send_growth());
      if (::send(rest_fd, &kGoOn, 1, MSG_NOSIGNAL) != 1) return fail_errno("cannot let the job go on", errno);
    }
    if (waiting[0].revents != 0) return {};
  }
}

/// As init: all that has ended; gives the job's status.
int reap(pid_t job) {
  int status = 0;
  while (::waitpid(job, &status, 0) < 0 && errno == EINTR) {
  }
  while (::waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  return status;
}

}  // namespace

Result<int> run_job(const Job& job, const JobMain& job_main, GuestLine& line) {
  UMB_TRY(lay_out(job));
  UMB_ASSIGN(Ends says, make_ends());
  UMB_ASSIGN(Ends rests, make_ends());
  const pid_t child = ::fork();
  if (child == 0) be_job(job, job_main, says.theirs.get(), rests.theirs.get());
  if (child < 0) return fail_errno("cannot fork", errno);
  says.theirs.reset();
  rests.theirs.reset();
  UMB_ASSIGN(const UniqueFd pidfd, open_pidfd(child));
  Sender sender(job, line);
  UMB_TRY(serve_until_end(pidfd.get(), says.ours.get(), rests.ours.get(), sender));
  const int status = reap(child);
  // What lies in the socket; others of the job may hold its other end open for a while.
  for (pollfd left{says.ours.get(), POLLIN, 0}; ::poll(&left, 1, 0) > 0 && sender.take(says.ours.get());) {
  }
  sender.end_line();
  UMB_TRY(sender.send_lines());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace umb
