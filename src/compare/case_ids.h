// SPDX-License-Identifier: Apache-2.0
// What many case ids have in common is said once, so that a table gets narrower.
#pragma once

#include <string>
#include <vector>

namespace umb {

/// The parts ("fs=tmpfs") that every id has; none of a single id.
[[nodiscard]] std::vector<std::string> common_parts(const std::vector<std::string>& ids);

/// The id without those parts; the whole id where nothing would be left.
[[nodiscard]] std::string without_parts(const std::string& id, const std::vector<std::string>& parts);

/// A case's id without these parameters.
[[nodiscard]] std::string id_without(const std::string& id, const std::vector<std::string>& parameters);

}  // namespace umb
