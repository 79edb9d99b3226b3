// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace umb {

/// The end of what a guest said on its console, printable, at most `max_lines`; the line that tells of a panic or a
/// first oops comes first, also when it is older than the rest.
[[nodiscard]] std::string console_tail(std::string_view console, size_t max_lines = 20);

/// The kernel's own words for its end ("Kernel panic - not syncing: VFS: Unable to mount root fs"), without the time
/// stamp; "" when it did not panic.
[[nodiscard]] std::string panic_in(std::string_view console);

/// The last `limit_bytes` of a console's file; "" when it can't be read.
[[nodiscard]] std::string read_console(int fd, size_t limit_bytes = 256 * 1024);
[[nodiscard]] int64_t console_size(int fd);

}  // namespace umb
