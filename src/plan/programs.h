// SPDX-License-Identifier: Apache-2.0
// Programs with their arguments, as a case object of the config gives them. Inside plan/ only.
#pragma once

#include "base/result.h"
#include "plan/config.h"
#include "plan/json_node.h"
#include "plan/place.h"

#include <string>
#include <string_view>

namespace umb {

/// Whether a key of a case object holds programs: "prepare", "measure" or "conclude", whatever the scenario.
[[nodiscard]] bool is_programs_key(std::string_view key);

/// A list of texts is one program, a list of such lists several ("measure" has one). As a JSON text without white
/// space: one program is a list of texts however it was written, several are a list of lists. A program is a bare name
/// or an absolute path; an argument is any text without a NUL.
[[nodiscard]] Result<ConfigValue> read_programs(const std::string& key, const JsonNode& node, const ConfigPlace& place);

}  // namespace umb
