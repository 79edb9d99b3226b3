// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace umb {

/// So much of a bzImage's beginning always holds its version text: the offset to it has 16 bits and counts from 0x200.
inline constexpr size_t kImageHeadBytes = 0x10000 + 0x200 + 512;

/// The release ("6.1.0-50-rt-amd64") in the first kImageHeadBytes (or all) of a bzImage, by the boot protocol's header
/// of Linux on x86. `path` is for the message. kUsage when it is no such kernel: the hint helps with what it seems to
/// be. A release is at most 64 printable ASCII characters without blanks or slashes.
[[nodiscard]] Result<std::string> release_in_image(std::string_view head, const std::string& path);

/// The same of a file; kUsage too when it can't be read. A pipe or a device is refused, not waited for.
[[nodiscard]] Result<std::string> image_release(const std::string& path);

}  // namespace umb
