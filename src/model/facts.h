// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace umb {

/// A fact's value; monostate is "unknown" (null in the result file), never to be confused with 0.
using FactValue = std::variant<std::monostate, bool, int64_t, double, std::string, std::vector<std::string>>;

struct Fact {
  std::string key;  ///< snake_case, ends in its unit where it has one
  FactValue value;
  bool operator==(const Fact&) const = default;
};

/// What is known of the machine, in a fixed order, keys unique.
using Facts = std::vector<Fact>;

[[nodiscard]] inline const FactValue* find_fact(const Facts& facts, const std::string& key) {
  for (const Fact& fact : facts) {
    if (fact.key == key) return &fact.value;
  }
  return nullptr;
}

/// The text of a fact that is a string; "" for any other.
[[nodiscard]] inline std::string fact_text(const Facts& facts, const std::string& key) {
  const FactValue* value = find_fact(facts, key);
  const auto* text = value != nullptr ? std::get_if<std::string>(value) : nullptr;
  return text != nullptr ? *text : std::string();
}

}  // namespace umb
