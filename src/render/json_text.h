// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <optional>
#include <string>

namespace umb {

/// In one line of ASCII, so that no terminal is commanded; what is no UTF-8 in it becomes U+FFFD. A template, for
/// JSON's own headers are no header's business.
template <typename Json>
[[nodiscard]] std::string json_line(const Json& json) {
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// The same as a document: a level a space, and a newline at the end.
template <typename Json>
[[nodiscard]] std::string json_document(const Json& json) {
  return json.dump(1, ' ', true, Json::error_handler_t::replace) + "\n";
}

/// Null for nothing, NaN and infinities.
template <typename Json>
[[nodiscard]] Json json_number(std::optional<double> value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

}  // namespace umb
