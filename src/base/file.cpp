// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include "base/text.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

Failure write_error(const std::string& name, int errno_value) {
  const bool full = errno_value == ENOSPC || errno_value == EDQUOT || errno_value == EFBIG;
  return fail_errno("cannot write " + quoted(name), errno_value, full ? "make room and try again" : "");
}

Result<void> remove_file(const std::string& path) {
  const AsCaller caller;
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return fail_errno("cannot remove " + quoted(path), errno);
}

Result<std::string> read_file(const std::string& path, size_t limit_bytes) {
  const auto unreadable = [&](std::string why, int errno_value) {
    return Failure(Error{"cannot read " + quoted(path), std::move(why), {}, errno_value, ErrorKind::kUsage});
  };
  // Without O_NONBLOCK a named pipe without a writer would be waited for.
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd.valid()) return unreadable(errno_text(errno), errno);
  struct stat found {};
  if (::fstat(fd.get(), &found) != 0) return unreadable(errno_text(errno), errno);
  if (S_ISDIR(found.st_mode)) return unreadable("it is a folder", EISDIR);
  if (!S_ISREG(found.st_mode) && !S_ISFIFO(found.st_mode)) return unreadable("it is neither a file nor a pipe", EINVAL);
  if (S_ISFIFO(found.st_mode) && ::fcntl(fd.get(), F_SETFL, O_RDONLY) != 0) return unreadable(errno_text(errno), errno);
  std::string text;
  std::string piece(size_t{64} * 1024, '\0');
  while (true) {
    const ssize_t count = ::read(fd.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(errno_text(errno), errno);
    if (count == 0) return text;
    if (text.size() + static_cast<size_t>(count) > limit_bytes) {
      return unreadable("it is longer than " + std::to_string(limit_bytes) + " bytes", EFBIG);
    }
    text.append(piece.data(), static_cast<size_t>(count));
  }
}

Result<void> write_all(int fd, std::string_view text, const std::string& name) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<size_t>(count));
    } else if (errno == EAGAIN) {
      // A terminal or pipe that somebody else has made non-blocking.
      pollfd writable{fd, POLLOUT, 0};
      ::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return write_error(name, errno);
    }
  }
  return {};
}

}  // namespace umb
