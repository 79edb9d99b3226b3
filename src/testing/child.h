// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

/// A child of the test that plays a part and tells the test about it through a pipe. It never lives longer than two
/// minutes, nor longer than this object; it ends by _exit(), so that nothing of the test's is destroyed twice.
class Child {
 public:
  /// What `body` returns is the exit code; `talk` is where it writes to.
  explicit Child(const std::function<int(int talk)>& body) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("no fork");
    if (pid_ == 0) {
      ::alarm(120);
      ::close(ends[0]);
      ::_exit(body(ends[1]));
    }
    ::close(ends[1]);
    listen_ = ends[0];
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    kill_it();
    ::close(listen_);
  }

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// The next line that the child wrote; what there was of it, when the child ended.
  [[nodiscard]] std::string line() const {
    std::string text;
    char byte = 0;
    while (::read(listen_, &byte, 1) == 1 && byte != '\n') text.push_back(byte);
    return text;
  }

  /// Until it has ended: its wait status.
  int wait() {
    while (!reaped_) {
      if (::waitpid(pid_, &status_, 0) == pid_ || errno == ECHILD) reaped_ = true;
    }
    return status_;
  }
  int kill_it() {
    if (!reaped_) ::kill(pid_, SIGKILL);
    return wait();
  }

 private:
  pid_t pid_ = -1;
  int listen_ = -1;
  int status_ = 0;
  bool reaped_ = false;
};

/// For the child: one line to the test.
inline void say(int talk, const std::string& text) {
  const std::string line = text + "\n";
  if (::write(talk, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(99);
}

/// Asks again and again, for at most `limit_ms`, which a busy machine should not reach; whether it came true.
[[nodiscard]] inline bool comes_true(const std::function<bool()>& condition, int limit_ms) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(limit_ms);
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    ::usleep(1000);
  }
  return true;
}

}  // namespace umb
