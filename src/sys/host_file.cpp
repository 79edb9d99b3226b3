// SPDX-License-Identifier: Apache-2.0
#include "sys/host_file.h"

#include "base/text.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <limits>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

/// O_NONBLOCK, so that a FIFO in the place of a file can't hold us up before fstat has seen what it is.
UniqueFd open_regular(const HostRoot& root, std::string_view path) {
  UniqueFd fd(::open(root.at(path).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  struct stat facts {};
  if (fd.valid() && (::fstat(fd.get(), &facts) != 0 || !S_ISREG(facts.st_mode))) fd.reset();
  return fd;
}

/// -1 for an error. Files of /proc and /sys report no useful size, so that only reading tells the end.
ssize_t read_some(int fd, char* buffer, size_t size) {
  ssize_t got = -1;
  do {
    got = ::read(fd, buffer, size);
  } while (got < 0 && errno == EINTR);
  return got;
}

/// Up to `limit_bytes` + 1 bytes: one more than the limit tells that there is more.
std::optional<std::string> read_up_to(const HostRoot& root, std::string_view path, size_t limit_bytes) {
  const UniqueFd fd = open_regular(root, path);
  if (!fd.valid()) return std::nullopt;
  std::string text;
  std::array<char, 16384> buffer{};
  while (text.size() <= limit_bytes) {
    const size_t wanted = std::min(buffer.size(), limit_bytes + 1 - text.size());
    const ssize_t got = read_some(fd.get(), buffer.data(), wanted);
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    text.append(buffer.data(), static_cast<size_t>(got));
  }
  return text;
}

}  // namespace

std::string HostRoot::at(std::string_view absolute) const {
  std::string full = path;
  while (!full.empty() && full.back() == '/') full.pop_back();
  return full.append(absolute);
}

std::optional<std::string> read_host_file(const HostRoot& root, std::string_view path, size_t limit_bytes) {
  std::optional<std::string> text = read_up_to(root, path, limit_bytes);
  if (text.has_value() && text->size() > limit_bytes) return std::nullopt;
  return text;
}

std::optional<std::string> read_host_start(const HostRoot& root, std::string_view path, size_t limit_bytes) {
  std::optional<std::string> text = read_up_to(root, path, limit_bytes);
  if (text.has_value() && text->size() > limit_bytes) text->resize(limit_bytes);
  return text;
}

std::optional<std::string> host_text(const HostRoot& root, std::string_view path) {
  const std::optional<std::string> text = read_host_file(root, path);
  if (!text.has_value()) return std::nullopt;
  return std::string(trimmed(*text));
}

std::optional<int64_t> host_number(const HostRoot& root, std::string_view path) {
  const std::optional<std::string> text = host_text(root, path);
  if (!text.has_value()) return std::nullopt;
  const Result<int64_t> number =
      parse_integer(*text, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max());
  return number.has_value() ? std::optional<int64_t>(*number) : std::nullopt;
}

std::optional<bool> host_flag(const HostRoot& root, std::string_view path) {
  const std::optional<int64_t> number = host_number(root, path);
  return number.has_value() ? std::optional<bool>(*number != 0) : std::nullopt;
}

bool for_each_host_line(const HostRoot& root, std::string_view path, size_t limit_bytes,
                        const std::function<void(std::string_view)>& take) {
  const UniqueFd fd = open_regular(root, path);
  if (!fd.valid()) return false;
  std::array<char, 16384> buffer{};
  std::string pending;
  size_t total = 0;
  while (true) {
    const ssize_t got = read_some(fd.get(), buffer.data(), buffer.size());
    if (got < 0) return false;
    if (got == 0) break;
    total += static_cast<size_t>(got);
    if (total > limit_bytes) return false;
    pending.append(buffer.data(), static_cast<size_t>(got));
    size_t from = 0;
    for (size_t end = pending.find('\n'); end != std::string::npos; end = pending.find('\n', from)) {
      take(std::string_view(pending).substr(from, end - from));
      from = end + 1;
    }
    pending.erase(0, from);
  }
  if (!pending.empty()) take(pending);
  return true;
}

bool host_exists(const HostRoot& root, std::string_view path) {
  struct stat facts {};
  return ::stat(root.at(path).c_str(), &facts) == 0;
}

std::optional<std::string> host_link(const HostRoot& root, std::string_view path) {
  std::array<char, PATH_MAX> target{};
  const ssize_t length = ::readlink(root.at(path).c_str(), target.data(), target.size());
  if (length < 0) return std::nullopt;
  return std::string(target.data(), static_cast<size_t>(length));
}

std::vector<std::string> host_names(const HostRoot& root, std::string_view path, size_t limit) {
  std::vector<std::string> names;
  DIR* folder = ::opendir(root.at(path).c_str());
  if (folder == nullptr) return names;
  while (names.size() < limit) {
    const dirent* entry = ::readdir(folder);
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  ::closedir(folder);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace umb
