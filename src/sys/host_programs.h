// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace umb {

/// The first word of a program's answer that reads like a version ("2.38.1"); "busybox 1.35.0" where it is BusyBox's.
[[nodiscard]] std::optional<std::string> version_in(std::string_view answer);
/// Runs "NAME OPTION" for at most 2 s; nullopt when it isn't installed or says nothing that reads like a version.
[[nodiscard]] std::optional<std::string> program_version(const std::string& name, const std::string& option);
/// The version of the libmount that this program uses.
[[nodiscard]] std::string libmount_version();

}  // namespace umb
