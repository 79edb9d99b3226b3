// SPDX-License-Identifier: Apache-2.0
#include "sys/knob.h"

#include "base/text.h"
#include "base/unique_fd.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace umb {
namespace {

constexpr size_t kLimitBytes = 4096;

Failure knob_failure(const char* doing, const std::string& path, int error) {
  std::string hint;
  ErrorKind kind = ErrorKind::kUnavailable;
  switch (error) {
    case ENOENT:
      hint = "this kernel, or this container, does not show that file";
      break;
    case EACCES:
    case EPERM:
      hint = ::geteuid() == 0 ? "even root may not here: run it outside of the container" : "run it as root";
      break;
    case EROFS:
      hint = "it is mounted read-only, as in most containers: run it on the host";
      break;
    default:
      kind = ErrorKind::kFailed;
  }
  return fail_errno(std::string(doing) + " " + quoted(path), error, hint, kind);
}

}  // namespace

Result<std::string> read_knob(const std::string& path) {
  const char* doing = "cannot read";
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) return knob_failure(doing, path, errno);
  std::array<char, kLimitBytes + 1> buffer;
  size_t size = 0;
  while (size < buffer.size()) {
    const ssize_t got = ::read(fd.get(), buffer.data() + size, buffer.size() - size);
    if (got == 0) return std::string(trimmed(std::string_view(buffer.data(), size)));
    if (got > 0) size += static_cast<size_t>(got);
    if (got < 0 && errno != EINTR) return knob_failure(doing, path, errno);
  }
  return fail(std::string(doing) + " " + quoted(path), "it holds more than " + std::to_string(kLimitBytes) + " bytes");
}

Result<void> write_knob(const std::string& path, std::string_view value) {
  const char* doing = "cannot write to";
  // O_TRUNC means nothing to /proc and /sys; it keeps stand-ins for them (plain files) honest.
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) return knob_failure(doing, path, errno);
  const std::string line = std::string(value) + "\n";
  const ssize_t put = ::write(fd.get(), line.data(), line.size());
  if (put < 0) return knob_failure(doing, path, errno);
  if (static_cast<size_t>(put) != line.size()) return knob_failure(doing, path, EIO);
  return {};
}

}  // namespace umb
