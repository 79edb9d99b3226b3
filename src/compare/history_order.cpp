// SPDX-License-Identifier: Apache-2.0
#include "compare/history_order.h"

#include "base/text.h"

#include <algorithm>
#include <chrono>

namespace umb {

namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes what there is to read from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  bool skip(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_[0]) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// A number of just so many digits.
  bool number(size_t digits, int& value) {
    if (rest_.size() < digits || !std::ranges::all_of(rest_.substr(0, digits), is_digit)) return false;
    value = 0;
    for (const char c : rest_.substr(0, digits)) value = value * 10 + (c - '0');
    rest_.remove_prefix(digits);
    return true;
  }
  /// Digits behind a point, as ns; what is beyond ns is dropped.
  bool fraction(int64_t& ns) {
    ns = 0;
    int64_t worth = kNsPerSecond / 10;
    const size_t before = rest_.size();
    for (; !rest_.empty() && is_digit(rest_[0]); rest_.remove_prefix(1), worth /= 10) ns += worth * (rest_[0] - '0');
    return rest_.size() < before;
  }
  [[nodiscard]] char next() const { return rest_.empty() ? '\0' : rest_[0]; }

 private:
  std::string_view rest_;
};

/// "Z" or "+02:00", in minutes.
bool read_offset(Reader& reader, int& minutes) {
  minutes = 0;
  if (reader.skip("Zz")) return true;
  const int sign = reader.next() == '-' ? -1 : 1;
  int hour = 0;
  int minute = 0;
  if (!reader.skip("+-") || !reader.number(2, hour) || !reader.skip(":") || !reader.number(2, minute)) return false;
  minutes = sign * (60 * hour + minute);
  return true;
}

/// One piece of a release: a number, or what stands up to the next one.
std::string_view piece_of(std::string_view text) {
  const bool digits = is_digit(text[0]);
  size_t end = 1;
  while (end < text.size() && is_digit(text[end]) == digits) ++end;
  return text.substr(0, end);
}

std::string_view without_zeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
}

/// Below 0: `a` is the lower one.
int compared(std::string_view a, std::string_view b) {
  if (is_digit(a[0]) && is_digit(b[0])) {
    a = without_zeros(a);
    b = without_zeros(b);
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
  }
  // A candidate comes before what it is one of, whatever stands there instead.
  const bool candidate = a.starts_with("-rc");
  if (candidate != b.starts_with("-rc")) return candidate ? -1 : 1;
  return a.compare(b);
}

}  // namespace

std::optional<int64_t> utc_ns(std::string_view rfc3339) {
  Reader reader(trimmed(rfc3339));
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int64_t ns = 0;
  int offset = 0;
  const bool date = reader.number(4, year) && reader.skip("-") && reader.number(2, month) && reader.skip("-") &&
                    reader.number(2, day) && reader.skip("Tt ");
  const bool time = date && reader.number(2, hour) && reader.skip(":") && reader.number(2, minute) &&
                    reader.skip(":") && reader.number(2, second);
  if (!time || (reader.skip(".") && !reader.fraction(ns)) || !read_offset(reader, offset) || !reader.at_end()) {
    return std::nullopt;
  }
  using namespace std::chrono;
  const year_month_day found{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                             std::chrono::day(static_cast<unsigned>(day))};
  // ns since 1970 in 64 bits go from 1677 to 2262.
  if (!found.ok() || year < 1678 || year > 2261 || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const int64_t days = sys_days(found).time_since_epoch().count();
  return (((days * 24 + hour) * 60 + minute - offset) * 60 + second) * kNsPerSecond + ns;
}

bool lower_release(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::string_view first = piece_of(a);
    const std::string_view second = piece_of(b);
    if (const int order = compared(first, second); order != 0) return order < 0;
    a.remove_prefix(first.size());
    b.remove_prefix(second.size());
  }
  if (a.empty() == b.empty()) return false;
  return a.empty() ? !b.starts_with("-rc") : a.starts_with("-rc");
}

std::string commit_in(std::string_view release) {
  for (size_t mark = release.rfind("-g"); mark != std::string_view::npos && mark > 0;
       mark = release.rfind("-g", mark - 1)) {
    const std::string_view rest = release.substr(mark + 2);
    const size_t length = std::min(rest.find_first_not_of("0123456789abcdef"), rest.size());
    const bool ends = length == rest.size() || rest[length] == '-' || rest[length] == '+';
    if (length >= kShortestCommit && ends) return std::string(rest.substr(0, length));
  }
  return "";
}

}  // namespace umb
