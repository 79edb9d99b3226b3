// SPDX-License-Identifier: Apache-2.0
#include "trace/function_list.h"

#include <algorithm>
#include <array>
#include <optional>

namespace umb {

namespace {

constexpr std::array<std::string_view, 3> kMarks{".isra.", ".constprop.", ".part."};
// A probe's name has room for no more.
constexpr size_t kMaxSuffixBytes = 24;

std::string_view next_word(std::string_view& line) {
  constexpr std::string_view kBlanks = " \t";
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
  line.remove_prefix(word.size());
  return word;
}

/// Whether ".isra.0.constprop.0" only marks a variant; "f.cold" is no function that anybody calls.
bool is_variant(std::string_view suffix) {
  if (suffix.size() > kMaxSuffixBytes) return false;
  while (!suffix.empty()) {
    const auto* mark = std::find_if(kMarks.begin(), kMarks.end(), [&](auto one) { return suffix.starts_with(one); });
    if (mark == kMarks.end()) return false;
    suffix.remove_prefix(mark->size());
    const size_t digits = std::min(suffix.find_first_not_of("0123456789"), suffix.size());
    if (digits == 0) return false;
    suffix.remove_prefix(digits);
  }
  return true;
}

struct ListedFunction {
  std::string_view name;
  bool in_module = false;
};

std::optional<ListedFunction> read_line(std::string_view line) {
  const std::string_view first = next_word(line);
  const std::string_view second = next_word(line);
  if (second.size() != 1) return ListedFunction{first, !second.empty()};
  if (std::string_view("tTwW").find(second) == std::string_view::npos) return std::nullopt;
  const std::string_view name = next_word(line);
  return ListedFunction{name, !next_word(line).empty()};
}

struct Seen {
  int times = 0;
  bool in_kernel = false;
};

}  // namespace

FunctionVariants find_functions(std::string_view text, const std::set<std::string, std::less<>>& wanted,
                                const std::set<std::string>& refused) {
  std::map<std::string, Seen, std::less<>> seen;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const auto listed = read_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!listed.has_value()) continue;
    const size_t stem = std::min(listed->name.find('.'), listed->name.size());
    if (!wanted.contains(listed->name.substr(0, stem)) || !is_variant(listed->name.substr(stem))) continue;
    Seen& one = seen[std::string(listed->name)];
    ++one.times;
    one.in_kernel |= !listed->in_module;
  }
  FunctionVariants found;
  for (const auto& [name, one] : seen) {
    if (one.times == 1 && one.in_kernel && !refused.contains(name))
      found[name.substr(0, name.find('.'))].push_back(name);
  }
  return found;
}

}  // namespace umb
