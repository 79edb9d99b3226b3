// SPDX-License-Identifier: Apache-2.0
#include "render/json_text.h"

#include <nlohmann/json.hpp>

namespace umb {

std::string json_document(const nlohmann::ordered_json& json) {
  return json.dump(1, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string json_line(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace umb
