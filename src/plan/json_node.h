// SPDX-License-Identifier: Apache-2.0
// A JSON text as a plain tree, read more strictly than JSON asks for. Inside plan/ only: others see Config.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace umb {

struct JsonNode {
  enum class Kind { kNull, kBool, kNumber, kText, kList, kObject };
  Kind kind = Kind::kNull;
  bool truth = false;             ///< of a kBool
  std::string text;               ///< of a kText; of a kNumber its digits, so that no size or precision is lost
  std::vector<std::string> keys;  ///< of a kObject, one per item
  std::vector<JsonNode> items;    ///< of a kList or kObject
};

inline constexpr size_t kMaxJsonDepth = 16;

/// Reads one JSON value. kUsage when it is no JSON or no UTF-8 (line, column, what was expected), holds a NUL, a number
/// beyond a double, a key twice in one object (JSON pointer), or is nested deeper than kMaxJsonDepth. `where` stands in
/// front of every message: "config 'x.json'".
[[nodiscard]] Result<JsonNode> parse_json(std::string_view json, const std::string& where);

/// "a text", "a list", ...: for messages.
[[nodiscard]] const char* kind_name(JsonNode::Kind kind);

}  // namespace umb
