// SPDX-License-Identifier: Apache-2.0
// One value of a config as a C++ value: the type and the range are checked, the place stands in every error.
#pragma once

#include "base/result.h"
#include "plan/config.h"
#include "plan/json_node.h"
#include "plan/limits.h"
#include "plan/place.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// The error for a value of the wrong type: "expected WANTED, found a text".
[[nodiscard]] Failure wrong_type(const JsonNode& node, const ConfigPlace& place, const std::string& wanted,
                                 std::string hint = {});

/// At most `max_bytes`; with control characters only where `lines` says so.
[[nodiscard]] Result<std::string> read_text(const JsonNode& node, const ConfigPlace& place, size_t max_bytes,
                                            bool lines);
[[nodiscard]] Result<bool> read_bool(const JsonNode& node, const ConfigPlace& place);
[[nodiscard]] Result<int64_t> read_integer(const JsonNode& node, const ConfigPlace& place, LimitRange<int64_t> range);
[[nodiscard]] Result<uint64_t> read_seed(const JsonNode& node, const ConfigPlace& place);
[[nodiscard]] Result<double> read_number(const JsonNode& node, const ConfigPlace& place, LimitRange<double> range);
/// "5s" in ns.
[[nodiscard]] Result<int64_t> read_duration(const JsonNode& node, const ConfigPlace& place,
                                            LimitRange<int64_t> range_ns);
/// "5%" or 0.05.
[[nodiscard]] Result<double> read_share(const JsonNode& node, const ConfigPlace& place, LimitRange<double> range);
[[nodiscard]] Result<std::string> read_word_of(const JsonNode& node, const ConfigPlace& place,
                                               const std::vector<std::string>& words);
/// A word, a whole number, or a list of at least one of them, each once.
[[nodiscard]] Result<std::vector<ConfigValue>> read_values(const JsonNode& node, const ConfigPlace& place);

struct TextLimits {
  size_t max_count, max_bytes;
  bool may_be_empty = false;
};
/// A text or a list of at least one, each once.
[[nodiscard]] Result<std::vector<std::string>> read_texts(const JsonNode& node, const ConfigPlace& place,
                                                          const TextLimits& limits);

/// A text as a seed, as a flag has it too.
[[nodiscard]] Result<uint64_t> seed_in(std::string_view text);
/// A text as a duration in the range, as a flag has it too.
[[nodiscard]] Result<int64_t> duration_in(std::string_view text, LimitRange<int64_t> range_ns);
/// A word out of a short list, with the nearest known one.
[[nodiscard]] Result<void> check_word(std::string_view word, const std::vector<std::string>& words);

/// The values of "settle".
[[nodiscard]] const std::vector<std::string>& settle_words();

}  // namespace umb
