// SPDX-License-Identifier: Apache-2.0
#include "vm/console.h"

#include "base/text.h"

#include <algorithm>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

/// "[    3.385578] text" as "text".
std::string without_time(std::string_view line) {
  if (line.starts_with('[')) {
    if (const size_t end = line.find("] "); end != std::string_view::npos) line.remove_prefix(end + 2);
  }
  return std::string(trimmed(line));
}

bool tells_of_end(std::string_view line) {
  for (const std::string_view sign :
       {"Kernel panic - not syncing", "BUG: ", "Oops: ", "general protection fault", "double fault"}) {
    if (line.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

std::vector<std::string> lines_of(std::string_view console) {
  std::vector<std::string> lines;
  for (const std::string& line : split(console, '\n')) {
    if (std::string text = printable(trimmed(line)); !text.empty()) lines.push_back(std::move(text));
  }
  return lines;
}

}  // namespace

std::string console_tail(std::string_view console, size_t max_lines) {
  std::vector<std::string> lines = lines_of(console);
  const auto sign = std::find_if(lines.begin(), lines.end(), tells_of_end);
  std::vector<std::string> tail;
  const size_t from = lines.size() > max_lines ? lines.size() - max_lines : 0;
  if (sign != lines.end() && static_cast<size_t>(sign - lines.begin()) < from) tail.push_back(*sign);
  tail.insert(tail.end(), lines.begin() + static_cast<ptrdiff_t>(from), lines.end());
  return join(tail, "\n");
}

std::string panic_in(std::string_view console) {
  for (const std::string& line : lines_of(console)) {
    if (line.find("Kernel panic - not syncing") != std::string::npos) return without_time(line);
  }
  return {};
}

std::string read_console(int fd, size_t limit_bytes) {
  const int64_t size = console_size(fd);
  const auto limit = static_cast<int64_t>(limit_bytes);
  std::string bytes(limit_bytes, '\0');
  const ssize_t got = ::pread(fd, bytes.data(), bytes.size(), size > limit ? size - limit : 0);
  bytes.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return bytes;
}

int64_t console_size(int fd) {
  struct stat facts {};
  return ::fstat(fd, &facts) == 0 ? facts.st_size : 0;
}

}  // namespace umb
