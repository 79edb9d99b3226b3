// SPDX-License-Identifier: Apache-2.0
// A kernel's list of its functions.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// How a compiler has named the variants of functions: "sync_filesystem" -> "sync_filesystem",
/// "sync_filesystem.part.0".
using FunctionVariants = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Of the functions `wanted` those that can be probed by their name, by the text of available_filter_functions
/// ("name", "name [module]") or kallsyms ("address type name", …). A name that is there twice is left out, since a
/// probe could be on the wrong one, and so is what only a module has.
[[nodiscard]] FunctionVariants find_functions(std::string_view text, const std::set<std::string, std::less<>>& wanted,
                                              const std::set<std::string>& refused);

}  // namespace umb
