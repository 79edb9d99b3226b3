// SPDX-License-Identifier: Apache-2.0
#include "plan/json_node.h"

#include "base/text.h"
#include "plan/place.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using nlohmann::json;

/// "line 3, column 7" of the byte at `offset`; columns count characters, as editors do.
std::string line_and_column(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::string_view line = lines == 0 ? before : before.substr(before.rfind('\n') + 1);
  const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const auto column = std::count_if(line.begin(), line.end(), starts_character) + 1;
  return "line " + std::to_string(lines + 1) + ", column " + std::to_string(column);
}

/// The library's name for what it expected, in words; where it names the end of an object or list, a comma does as
/// well.
std::string in_words(std::string_view expected) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kWords{
      {{"'}'", "',' or '}'"},
       {"']'", "',' or ']'"},
       {"string literal", "a key in double quotes"},
       {"end of input", "the end of the file"},
       {"'[', '{', or a literal", "a value"}}};
  for (const auto& [name, words] : kWords) {
    if (name == expected) return std::string(words);
  }
  return std::string(expected);
}

/// What the library found and expected, out of "[…] parse error at …: syntax error while parsing object key -
/// unexpected
/// ']'; last read: '…'; expected string literal". What it read last is left out: it may be a megabyte.
std::string reason(std::string_view message) {
  const size_t start = message.find(" - ");
  if (start == std::string_view::npos) return "a number too large for JSON";
  message.remove_prefix(start + 3);
  constexpr std::string_view kExpected = "; expected ";
  const size_t last_read = message.find("; last read: '");
  const size_t expected = last_read == std::string_view::npos ? message.find(kExpected) : message.rfind("'; expected ");
  const std::string found(message.substr(0, std::min(last_read, expected)));
  if (expected == std::string_view::npos || (last_read != std::string_view::npos && expected < last_read)) {
    return found == "invalid literal" ? found + ", expected a value" : found;
  }
  const size_t words = message.find(kExpected, expected) + kExpected.size();
  return found + ", expected " + in_words(clipped(message.substr(words), 60));
}

class Builder : public nlohmann::json_sax<json> {
 public:
  Builder(std::string_view text, std::string where) : text_(text), where_(std::move(where)) {}

  Result<JsonNode> take() {
    if (error_) return Failure(*std::move(error_));
    return std::move(root_);
  }

  bool null() override { return add(JsonNode{}); }
  bool boolean(bool value) override { return add({JsonNode::Kind::kBool, value, {}, {}, {}}); }
  bool number_integer(number_integer_t value) override { return add_number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add_number(std::to_string(value)); }
  bool number_float(number_float_t /*value*/, const string_t& digits) override { return add_number(digits); }
  bool string(string_t& value) override { return add({JsonNode::Kind::kText, false, std::move(value), {}, {}}); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(size_t /*size*/) override { return open(JsonNode::Kind::kObject); }
  bool start_array(size_t /*size*/) override { return open(JsonNode::Kind::kList); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Open& object = open_.back();
    object.node.keys.push_back(name);
    if (object.seen.insert(name).second) return true;
    return refuse(pointer(), "a key that stands twice in its object", "keep one of them");
  }

  bool parse_error(size_t position, const std::string& last_token, const json::exception& exception) override {
    const std::string why = reason(exception.what());
    size_t offset = position > 0 ? position - 1 : 0;
    const bool whole_token = why.starts_with("unexpected string") || why.starts_with("unexpected number");
    if (whole_token && last_token.size() <= position &&
        text_.substr(position - last_token.size(), last_token.size()) == last_token) {
      offset = position - last_token.size();
    }
    return refuse(line_and_column(text_, offset), why, "a config is one JSON object: see docs/config.md");
  }

 private:
  struct Open {
    JsonNode node;
    std::set<std::string> seen;
  };

  bool refuse(const std::string& place, const std::string& why, std::string hint) {
    error_ = fail_usage(where_ + ": " + place, printable(why), std::move(hint)).value();
    return false;
  }

  bool add(JsonNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else {
      open_.back().node.items.push_back(std::move(node));
    }
    return true;
  }
  bool add_number(std::string digits) { return add({JsonNode::Kind::kNumber, false, std::move(digits), {}, {}}); }

  bool open(JsonNode::Kind kind) {
    if (open_.size() == kMaxJsonDepth) {
      return refuse(pointer(), "nested deeper than " + std::to_string(kMaxJsonDepth) + " levels",
                    "no key of a config needs more than 4");
    }
    open_.push_back({{kind, false, {}, {}, {}}, {}});
    return true;
  }
  bool close() {
    JsonNode node = std::move(open_.back().node);
    open_.pop_back();
    return add(std::move(node));
  }

  [[nodiscard]] std::string pointer() const {
    ConfigPlace place;
    for (const Open& level : open_) {
      const JsonNode& node = level.node;
      place = node.kind == JsonNode::Kind::kObject ? place.key(node.keys.back()) : place.item(node.items.size());
    }
    return printable(place.pointer);
  }

  std::string_view text_;
  std::string where_;
  JsonNode root_;
  std::vector<Open> open_;
  std::optional<Error> error_;
};

}  // namespace

Result<JsonNode> parse_json(std::string_view json_text, const std::string& where) {
  // The library takes a NUL for the end of the text and would not see what follows it.
  if (const size_t nul = json_text.find('\0'); nul != std::string_view::npos) {
    return fail_usage(where + ": " + line_and_column(json_text, nul), "a NUL character", "a config is a text file");
  }
  Builder builder(json_text, where);
  json::sax_parse(json_text, &builder);
  return builder.take();
}

const char* kind_name(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::kNull:
      return "null";
    case JsonNode::Kind::kBool:
      return "true or false";
    case JsonNode::Kind::kNumber:
      return "a number";
    case JsonNode::Kind::kText:
      return "a text";
    case JsonNode::Kind::kList:
      return "a list";
    case JsonNode::Kind::kObject:
      return "an object";
  }
  return "";
}

}  // namespace umb
