// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// `text` made safe for a terminal and for one line: control characters, DEL and invalid UTF-8 become "\xNN".
[[nodiscard]] std::string printable(std::string_view text);
/// 'text', printable.
[[nodiscard]] std::string quoted(std::string_view text);
/// `text` as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

/// The candidate nearest to `word` (edit distance at most a third of its length, at least 1), or "" when none is near.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& candidates);
/// "did you mean 'X'?" or, when nothing is near, "one of: A, B, C".
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// "500ms", "5s", "2m", "1.5h", "200us", "10ns" as ns; a bare number is refused, and so is what is not above 0.
[[nodiscard]] Result<int64_t> parse_duration_ns(std::string_view text);
/// "5%" as 0.05; "0.05" too.
[[nodiscard]] Result<double> parse_share(std::string_view text);
/// A whole number in [minimum, maximum], all of `text`.
[[nodiscard]] Result<int64_t> parse_integer(std::string_view text, int64_t minimum, int64_t maximum);

/// A duration for people: "36 s", "1 min 20 s", "15.9 ms", "36.1 us"; three significant digits below a minute.
[[nodiscard]] std::string human_duration(int64_t duration_ns);

}  // namespace umb
