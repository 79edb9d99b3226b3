// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace umb {

/// A kernel module's bytes as the kernel takes them: `packed` may be xz, zstd, gzip or not compressed, told by its
/// first bytes and not by its name. `path` is for the message. kUsage when it is empty, damaged, cut off, or unpacks to
/// more than `limit_bytes` (which is noticed before more is unpacked).
///
/// libkmod unpacks for itself but hands the bytes to nobody, has no limit, and Debian's knows no gzip.
[[nodiscard]] Result<std::string> unpack_module(std::string packed, const std::string& path, size_t limit_bytes);

}  // namespace umb
