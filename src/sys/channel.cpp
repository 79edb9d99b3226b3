// SPDX-License-Identifier: Apache-2.0
#include "sys/channel.h"

#include "base/clock.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

namespace umb {

namespace {

constexpr const char* kLost = "lost a process of this run";

Result<void> wait_for(int fd, int64_t deadline_ns) {
  while (true) {
    pollfd waiting{fd, POLLIN, 0};
    int64_t limit_ms = -1;
    if (deadline_ns != 0) {
      const int64_t left_ns = deadline_ns - monotonic_ns();
      if (left_ns <= 0) return fail_errno("no answer from a process of this run", ETIMEDOUT);
      limit_ms = left_ns / 1'000'000 + 1;
    }
    const int ready = ::poll(&waiting, 1, static_cast<int>(limit_ms));
    if (ready < 0 && errno != EINTR) return fail_errno(kLost, errno);
    if (ready > 0) return {};
  }
}

Result<void> read_exactly(int fd, char* into, size_t size, int64_t deadline_ns) {
  while (size > 0) {
    UMB_TRY(wait_for(fd, deadline_ns));
    const ssize_t got = ::recv(fd, into, size, 0);
    if (got == 0) return fail_errno(kLost, EPIPE);
    if (got < 0 && errno != EINTR) return fail_errno(kLost, errno == ECONNRESET ? EPIPE : errno);
    if (got > 0) {
      into += got;
      size -= static_cast<size_t>(got);
    }
  }
  return {};
}

}  // namespace

Result<std::pair<Channel, Channel>> Channel::make() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail_errno("cannot make a socket pair", errno);
  }
  return std::pair(Channel(UniqueFd(ends[0])), Channel(UniqueFd(ends[1])));
}

Result<void> Channel::send(const std::string& message) const {
  const auto size = static_cast<uint64_t>(message.size());
  std::string framed(sizeof size, '\0');
  std::memcpy(framed.data(), &size, sizeof size);
  framed += message;
  for (size_t sent = 0; sent < framed.size();) {
    const ssize_t now = ::send(fd_.get(), framed.data() + sent, framed.size() - sent, MSG_NOSIGNAL);
    if (now < 0 && errno != EINTR) return fail_errno(kLost, errno == ECONNRESET ? EPIPE : errno);
    if (now > 0) sent += static_cast<size_t>(now);
  }
  return {};
}

Result<std::string> Channel::receive(int64_t time_limit_ns) const {
  const int64_t deadline_ns = time_limit_ns == 0 ? 0 : monotonic_ns() + time_limit_ns;
  uint64_t size = 0;
  std::array<char, sizeof size> head{};
  UMB_TRY(read_exactly(fd_.get(), head.data(), head.size(), deadline_ns));
  std::memcpy(&size, head.data(), sizeof size);
  std::string message(size, '\0');
  UMB_TRY(read_exactly(fd_.get(), message.data(), message.size(), deadline_ns));
  return message;
}

}  // namespace umb
