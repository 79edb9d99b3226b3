// SPDX-License-Identifier: Apache-2.0
// One small file of /proc or /sys.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace umb {

/// The contents without surrounding white space, at most 4096 bytes. Never follows a symbolic link at the last name.
/// Errors keep their errno; a missing file, a refusal and a read-only /sys are kUnavailable and say what to do.
[[nodiscard]] Result<std::string> read_knob(const std::string& path);

/// Write `value` and a newline in one call, as the kernel wants it. The file must be there; same errors as read_knob().
/// That the kernel took the value over is for the caller to check, by reading it back.
[[nodiscard]] Result<void> write_knob(const std::string& path, std::string_view value);

}  // namespace umb
