// SPDX-License-Identifier: Apache-2.0
#if defined(__GNUC__) && !defined(__clang__)
// g++ 12 with AddressSanitizer takes a moved std::function inside <regex> for uninitialised.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "plan/case_filter.h"

#include "base/text.h"
#include "plan/limits.h"
#include "plan/place.h"

#include <algorithm>
#include <regex>

namespace umb {

namespace {

constexpr auto kSyntax = std::regex::ECMAScript |
                         std::regex::nosubs
#ifdef __GLIBCXX__
                         // Breadth first: libstdc++'s depth-first search takes exponential time for "(a*)*b".
                         | std::regex_constants::__polynomial
#endif
    ;

const char* const kHint = "an ECMAScript regular expression, searched for in the case id: '^umount/.*rcu=normal'";

constexpr ptrdiff_t kMaxRepeats = 32;

size_t count(const std::string& text, const std::string& part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace

struct CaseFilter::Compiled {
  std::regex regex;
};

Result<CaseFilter> CaseFilter::compile(const std::string& pattern) {
  if (pattern.size() > kMaxFilterBytes) {
    return fail_usage(shown(pattern) + " is too long", {}, "at most " + std::to_string(kMaxFilterBytes) + " bytes");
  }
  if (pattern.find('{') != std::string::npos) {
    return fail_usage(shown(pattern) + " has a brace", {}, "no case id has one; counted repetition is not supported");
  }
  const auto repeats =
      std::count_if(pattern.begin(), pattern.end(), [](char c) { return c == '*' || c == '+' || c == '?'; });
  if (repeats > kMaxRepeats || count(pattern, "(?=") + count(pattern, "(?!") > 1) {
    return fail_usage(shown(pattern) + " is too complex", {},
                      "at most " + std::to_string(kMaxRepeats) + " of '*', '+' and '?', and one look-ahead");
  }
  try {
    return CaseFilter(std::make_shared<const Compiled>(Compiled{std::regex(pattern, kSyntax)}));
  } catch (const std::regex_error& error) {
    return fail_usage(shown(pattern) + " is not a regular expression", printable(error.what()), kHint);
  }
}

bool CaseFilter::matches(const std::string& case_id) const {
  try {
    return std::regex_search(case_id, compiled_->regex);
  } catch (const std::regex_error&) {
    return false;
  }
}

}  // namespace umb
