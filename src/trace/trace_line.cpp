// SPDX-License-Identifier: Apache-2.0
#include "trace/trace_line.h"

#include "base/text.h"

#include <algorithm>
#include <limits>

namespace umb {

namespace {

constexpr int64_t kMaxPid = 1 << 22;
constexpr int64_t kMaxCpu = 1 << 16;
constexpr int64_t kMaxSeconds = std::numeric_limits<uint32_t>::max();
constexpr size_t kMaxNameBytes = 63;
// The kernel sets a task's name, of at most 15 bytes, flush right in 16: whatever is in it, what follows is no part.
constexpr size_t kTaskNameBytes = 16;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool is_name_letter(char letter) {
  return is_digit(letter) || letter == '_' || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

/// What has not been read of a line. Once something is not as it should be, it stays bad.
class Rest {
 public:
  explicit Rest(std::string_view line) : line_(line) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return good_ && line_.empty(); }
  [[nodiscard]] bool starts_with(std::string_view word) const { return good_ && line_.starts_with(word); }
  [[nodiscard]] std::string_view text() const { return line_; }

  void word(std::string_view wanted) {
    if (!line_.starts_with(wanted)) return fail();
    line_.remove_prefix(wanted.size());
  }
  void spaces() {
    if (!line_.starts_with(' ')) return fail();
    line_.remove_prefix(std::min(line_.find_first_not_of(' '), line_.size()));
  }
  std::string_view until(char end) {
    const size_t length = line_.find(end);
    if (length == std::string_view::npos || length == 0) {
      fail();
      return {};
    }
    return taken(length);
  }
  std::string_view name() {
    const auto end = std::find_if_not(line_.begin(), line_.end(), is_name_letter);
    const std::string_view found = taken(static_cast<size_t>(end - line_.begin()));
    if (found.empty() || found.size() > kMaxNameBytes || is_digit(found.front())) fail();
    return found;
  }
  int64_t number(int64_t maximum) {
    const auto end = std::find_if_not(line_.begin(), line_.end(), is_digit);
    const Result<int64_t> value = parse_integer(taken(static_cast<size_t>(end - line_.begin())), 0, maximum);
    if (!value.has_value()) fail();
    return value.value_or(0);
  }

 private:
  void fail() {
    good_ = false;
    line_ = {};
  }
  std::string_view taken(size_t length) {
    const std::string_view text = line_.substr(0, length);
    line_.remove_prefix(length);
    return text;
  }

  std::string_view line_;
  bool good_ = true;
};

/// "12.345678: "
int64_t time_ns(Rest& rest) {
  const int64_t seconds = rest.number(kMaxSeconds);
  rest.word(".");
  const std::string_view digits = rest.until(':');
  const Result<int64_t> microseconds = parse_integer(digits, 0, 999'999);
  const bool whole = digits.size() == 6 && std::all_of(digits.begin(), digits.end(), is_digit);
  rest.word(whole && microseconds.has_value() ? ": " : "no time");
  return (seconds * 1'000'000 + microseconds.value_or(0)) * 1000;
}

}  // namespace

std::optional<TraceLine> parse_trace_line(std::string_view line) {
  if (line.size() <= kTaskNameBytes) return std::nullopt;
  Rest rest(line.substr(kTaskNameBytes));
  TraceLine read;
  rest.word("-");
  read.event.pid = static_cast<int32_t>(rest.number(kMaxPid));
  rest.spaces();
  if (rest.starts_with("(")) {  // the process, with the option record-tgid
    rest.until(')');
    rest.word(")");
    rest.spaces();
  }
  rest.word("[");
  read.cpu = static_cast<int32_t>(rest.number(kMaxCpu));
  rest.word("]");
  rest.spaces();
  rest.until(' ');  // flags
  rest.spaces();
  read.event.at_ns = time_ns(rest);
  read.event.probe = rest.name();
  rest.word(": (");
  const std::string_view where = rest.until(')');
  rest.word(")");
  if (!rest.at_end() && !rest.starts_with(" ")) return std::nullopt;
  read.event.is_return = where.find(" <- ") != std::string_view::npos;
  return read;
}

std::optional<RawLine> parse_raw_line(std::string_view line) {
  Rest rest(line);
  RawLine read;
  read.pid = static_cast<int32_t>(rest.number(kMaxPid));
  rest.word(" ");
  read.cpu = static_cast<int32_t>(rest.number(kMaxCpu));
  rest.word(" ");
  read.at_ns = rest.number(kMaxSeconds * 1'000'000'000);
  rest.word(" type: ");
  read.event_id = rest.number(std::numeric_limits<uint16_t>::max());
  return rest.at_end() ? std::optional(read) : std::nullopt;
}

std::optional<LostLine> parse_lost_line(std::string_view line) {
  Rest rest(line);
  LostLine read;
  rest.word("CPU:");
  read.cpu = static_cast<int32_t>(rest.number(kMaxCpu));
  rest.word(" [LOST ");
  if (!rest.starts_with("EVENTS")) {
    read.events = std::max<int64_t>(rest.number(std::numeric_limits<int64_t>::max()), 1);
    rest.word(" ");
  }
  rest.word("EVENTS]");
  return rest.at_end() ? std::optional(read) : std::nullopt;
}

std::optional<int64_t> parse_overwritten(std::string_view line) {
  Rest rest(line);
  rest.word("# entries-in-buffer/entries-written: ");
  const int64_t kept = rest.number(std::numeric_limits<int64_t>::max());
  rest.word("/");
  const int64_t written = rest.number(std::numeric_limits<int64_t>::max());
  if (!rest.good() || written < kept) return std::nullopt;
  return written - kept;
}

}  // namespace umb
