// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace umb {

/// Some files by name: at most 64, and a name is 1 to 255 bytes without '/' and control characters, not "." or "..".
using Bundle = std::map<std::string, std::string>;

inline constexpr size_t kMaxBundleBytes = size_t{256} << 20U;

/// As one packed piece of bytes: of each file a line "SIZE NAME" and its bytes, all of it through gzip (not tar, whose
/// library a guest would have to carry). An error when it could not be unpacked again.
[[nodiscard]] Result<std::string> pack(const Bundle& bundle);
/// Back again. Whatever the bytes are, this is a bundle of at most kMaxBundleBytes, or one error.
[[nodiscard]] Result<Bundle> unpack(std::string_view bytes);

}  // namespace umb
