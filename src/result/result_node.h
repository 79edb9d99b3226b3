// SPDX-License-Identifier: Apache-2.0
// A small JSON tree that keeps the order of keys and knows its lines: for all of a result file but its samples.
#pragma once

#include "result/json_stream.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace umb {

struct ResultMember;

struct ResultNode {
  using List = std::vector<ResultNode>;
  using Object = std::vector<ResultMember>;  ///< keys are unique
  /// A whole number is an int64_t, or a uint64_t when it is beyond that.
  std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string, List, Object> value;
  uint64_t line = 0;  ///< counted from 1

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value); }
  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&value); }
  [[nodiscard]] const List* list() const { return std::get_if<List>(&value); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }
  /// A number as a double, with a fraction or whole (up to 63 bits); nothing for what is none.
  [[nodiscard]] std::optional<double> number() const;
  /// The value of a key; nullptr when this is no object or has no such key.
  [[nodiscard]] const ResultNode* find(std::string_view key) const;
  /// "a text", "a list", ...: for messages.
  [[nodiscard]] const char* kind() const;
};

struct ResultMember {
  std::string key;
  ResultNode node;
};

/// The tree as JSON, on one line.
void put_node(JsonStream& out, const ResultNode& node);

}  // namespace umb
