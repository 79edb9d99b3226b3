// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace umb {

/// Some files by name; a name holds no '/'.
using Bundle = std::map<std::string, std::string>;

inline constexpr size_t kMaxBundleBytes = size_t{256} << 20U;

/// As one packed piece of bytes (a tar archive through gzip).
[[nodiscard]] Result<std::string> pack(const Bundle& bundle);
/// Back again. Whatever the bytes are, this is a bundle of at most kMaxBundleBytes, or one error.
[[nodiscard]] Result<Bundle> unpack(std::string_view bytes);

}  // namespace umb
