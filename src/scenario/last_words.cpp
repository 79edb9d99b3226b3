// SPDX-License-Identifier: Apache-2.0
#include "scenario/last_words.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr off_t kLogLimit = 64 * 1024;
constexpr size_t kWordsLimit = 300;
/// How a program of Go's begins when it breaks down, and what it puts behind that.
constexpr std::array<std::string_view, 3> kGoDies{"fatal error: ", "panic: ", "runtime/cgo: "};
constexpr std::array<std::string_view, 2> kGoStack{"goroutine ", "runtime stack:"};

template <typename Starts>
bool starts_with_any(const std::string& line, const Starts& starts) {
  return std::ranges::any_of(starts, [&line](std::string_view start) { return line.starts_with(start); });
}

}  // namespace

std::string last_words(const std::string& log) {
  const std::vector<std::string> lines = split(trimmed(log), '\n');
  const auto dies = std::ranges::find_if(lines, [](const std::string& line) { return starts_with_any(line, kGoDies); });
  const bool stack =
      std::any_of(dies, lines.end(), [](const std::string& line) { return starts_with_any(line, kGoStack); });
  if (stack) return printable(dies->substr(0, kWordsLimit));
  // mount(8) puts an indented line behind what it has to say: that there may be more in the kernel's log.
  const auto words = std::find_if(lines.rbegin(), lines.rend(), [](const std::string& line) {
    return !line.empty() && line[0] != ' ' && line[0] != '\t';
  });
  return words == lines.rend() ? "" : printable(words->substr(0, kWordsLimit));
}

std::string last_words_in(int log_fd) {
  struct stat facts {};
  if (::fstat(log_fd, &facts) != 0) return "";
  std::string log(static_cast<size_t>(std::min<off_t>(facts.st_size, kLogLimit)), '\0');
  const ssize_t got = ::pread(log_fd, log.data(), log.size(), std::max<off_t>(0, facts.st_size - kLogLimit));
  log.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return last_words(log);
}

}  // namespace umb
