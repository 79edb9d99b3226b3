// SPDX-License-Identifier: Apache-2.0
// Values as every JSON of ours has them; templates, because the library's own headers stay in *.cpp files.
#pragma once

#include <cmath>
#include <optional>
#include <string>

namespace umb {

/// Null for nothing, NaN and infinities.
template <typename Json>
[[nodiscard]] Json json_number(std::optional<double> value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

/// A whole document in ASCII, so that no terminal is commanded; what is no UTF-8 becomes U+FFFD.
template <typename Json>
[[nodiscard]] std::string json_document(const Json& json) {
  return json.dump(1, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace umb
