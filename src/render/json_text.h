// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace umb {

/// A document of ASCII that ends in a newline, a level a space; what is no UTF-8 in it is replaced.
[[nodiscard]] std::string json_document(const nlohmann::ordered_json& json);
/// The same in one line, without the newline.
[[nodiscard]] std::string json_line(const nlohmann::ordered_json& json);

}  // namespace umb
