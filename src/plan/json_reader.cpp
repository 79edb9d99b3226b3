// SPDX-License-Identifier: Apache-2.0
#include "plan/json_reader.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <set>

namespace umb {

namespace {

using Kind = JsonNode::Kind;

const char* const kSeedWords = "a whole number from 0 to 18446744073709551615";

std::string short_number(double number) {
  std::string text(32, '\0');
  const int length = std::snprintf(text.data(), text.size(), "%g", number);
  text.resize(static_cast<size_t>(length));
  return text;
}

/// The result of a parser that knows no files, with the place in front of its error.
template <typename T>
Result<T> at(const ConfigPlace& place, Result<T> result) {
  if (result.has_value()) return result;
  return place.error(std::move(result).error());
}

Result<double> in_range(double number, std::string_view written, LimitRange<double> range, const std::string& unit) {
  if (number >= range.minimum && number <= range.maximum) return number;
  const double scale = unit == "%" ? 100 : 1;
  return fail_usage(shown(written) + " is out of range", {},
                    short_number(range.minimum * scale) + unit + " to " + short_number(range.maximum * scale) + unit);
}

Result<ConfigValue> read_value(const JsonNode& node, const ConfigPlace& place) {
  if (node.kind == Kind::kText || node.kind == Kind::kNumber) return ConfigValue{node.text, place.pointer};
  return wrong_type(node, place, "a word or a whole number", "a list of them measures each");
}

}  // namespace

Failure wrong_type(const JsonNode& node, const ConfigPlace& place, const std::string& wanted, std::string hint) {
  return place.error("expected " + wanted + ", found " + kind_name(node.kind), std::move(hint));
}

Result<std::string> read_text(const JsonNode& node, const ConfigPlace& place, size_t max_bytes, bool lines) {
  if (node.kind != Kind::kText) return wrong_type(node, place, "a text", "put it in double quotes");
  if (node.text.size() > max_bytes) {
    return place.error("a text of " + std::to_string(node.text.size()) + " bytes",
                       "at most " + std::to_string(max_bytes) + " bytes");
  }
  if (!lines && (node.text.empty() || printable(node.text) != node.text)) {
    return place.error(node.text.empty() ? "an empty text" : shown(node.text) + " has control characters",
                       "a text of one line");
  }
  return node.text;
}

Result<bool> read_bool(const JsonNode& node, const ConfigPlace& place) {
  if (node.kind != Kind::kBool) return wrong_type(node, place, "true or false", "true or false, without quotes");
  return node.truth;
}

Result<int64_t> read_integer(const JsonNode& node, const ConfigPlace& place, LimitRange<int64_t> range) {
  const std::string words =
      "a whole number from " + std::to_string(range.minimum) + " to " + std::to_string(range.maximum);
  if (node.kind != Kind::kNumber) return wrong_type(node, place, "a number", words + ", without quotes");
  return at(place, parse_integer(clipped(node.text, 60), range.minimum, range.maximum));
}

Result<uint64_t> seed_in(std::string_view text) {
  uint64_t seed = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, seed);
  if (error == std::errc() && rest == end) return seed;
  return fail_usage(shown(text) + " is no seed", {}, kSeedWords);
}

Result<uint64_t> read_seed(const JsonNode& node, const ConfigPlace& place) {
  if (node.kind != Kind::kNumber) return wrong_type(node, place, "a number", kSeedWords);
  return at(place, seed_in(node.text));
}

Result<double> read_number(const JsonNode& node, const ConfigPlace& place, LimitRange<double> range) {
  const std::string words = short_number(range.minimum) + " to " + short_number(range.maximum);
  if (node.kind != Kind::kNumber) return wrong_type(node, place, "a number", words);
  double number = std::nan("");
  std::from_chars(node.text.data(), node.text.data() + node.text.size(), number);
  return at(place, in_range(number, node.text, range, ""));
}

Result<int64_t> read_duration(const JsonNode& node, const ConfigPlace& place, LimitRange<int64_t> range_ns) {
  if (node.kind != Kind::kText)
    return wrong_type(node, place, "a duration", "a text with a unit: \"500ms\", \"5s\", \"2m\"");
  return at(place, duration_in(node.text, range_ns));
}

Result<double> read_share(const JsonNode& node, const ConfigPlace& place, LimitRange<double> range) {
  if (node.kind != Kind::kText && node.kind != Kind::kNumber) {
    return wrong_type(node, place, "a share", "write \"5%\" or 0.05");
  }
  auto share = parse_share(node.text);
  if (!share.has_value()) return place.error(shown(node.text) + " is not a share", "write \"5%\" or 0.05");
  return at(place, in_range(*share, node.text, range, "%"));
}

Result<std::string> read_word_of(const JsonNode& node, const ConfigPlace& place,
                                 const std::vector<std::string>& words) {
  if (node.kind != Kind::kText) return wrong_type(node, place, "a word", "one of: " + join(words, ", "));
  if (auto known = check_word(node.text, words); !known.has_value()) return place.error(known.error());
  return node.text;
}

Result<std::vector<ConfigValue>> read_values(const JsonNode& node, const ConfigPlace& place) {
  std::vector<ConfigValue> values;
  if (node.kind != Kind::kList) {
    UMB_ASSIGN(auto value, read_value(node, place));
    values.push_back(std::move(value));
    return values;
  }
  if (node.items.empty()) return place.error("an empty list", "leave the key out for its default");
  if (node.items.size() > kMaxCases)
    return place.error("a list of " + std::to_string(node.items.size()) + " values",
                       "at most " + std::to_string(kMaxCases));
  std::set<std::string> seen;
  for (size_t i = 0; i < node.items.size(); ++i) {
    UMB_ASSIGN(auto value, read_value(node.items[i], place.item(i)));
    if (!seen.insert(value.text).second)
      return place.item(i).error(shown(value.text) + " stands here twice", "keep one");
    values.push_back(std::move(value));
  }
  return values;
}

Result<std::vector<std::string>> read_texts(const JsonNode& node, const ConfigPlace& place, const TextLimits& limits) {
  const auto read_one = [&](const JsonNode& one, const ConfigPlace& where) -> Result<std::string> {
    if (limits.may_be_empty && one.kind == Kind::kText && one.text.empty()) return std::string();
    return read_text(one, where, limits.max_bytes, false);
  };
  std::vector<std::string> texts;
  if (node.kind != Kind::kList) {
    UMB_ASSIGN(std::string text, read_one(node, place));
    texts.push_back(std::move(text));
    return texts;
  }
  if (node.items.empty()) return place.error("an empty list", "leave the key out for its default");
  if (node.items.size() > limits.max_count) {
    return place.error("a list of " + std::to_string(node.items.size()) + " values",
                       "at most " + std::to_string(limits.max_count));
  }
  for (size_t i = 0; i < node.items.size(); ++i) {
    UMB_ASSIGN(std::string text, read_one(node.items[i], place.item(i)));
    if (std::find(texts.begin(), texts.end(), text) != texts.end()) {
      return place.item(i).error(shown(text) + " stands here twice", "keep one");
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<int64_t> duration_in(std::string_view text, LimitRange<int64_t> range_ns) {
  auto duration = parse_duration_ns(text);
  if (!duration.has_value()) {
    const bool unknown = !duration.error().hint.empty();
    return fail_usage(shown(text) + (unknown ? " is not a duration" : " is out of range"), {},
                      "a number with its unit: 500ms, 5s, 2m, 1h");
  }
  if (*duration >= range_ns.minimum && *duration <= range_ns.maximum) return duration;
  return fail_usage(shown(text) + " is out of range", {},
                    human_duration(range_ns.minimum) + " to " + human_duration(range_ns.maximum));
}

Result<void> check_word(std::string_view word, const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), word) != words.end()) return {};
  return fail_usage(shown(word) + " is unknown", {}, suggestion(clipped(word, 100), words));
}

const std::vector<std::string>& settle_words() {
  static const std::vector<std::string> words{"random", "none"};
  return words;
}

}  // namespace umb
