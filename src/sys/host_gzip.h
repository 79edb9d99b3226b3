// SPDX-License-Identifier: Apache-2.0
// The only door to zlib.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// Unpacks one gzip member; an error when it is damaged, cut off, or unpacks to more than `limit_bytes`.
[[nodiscard]] Result<std::string> gunzip(std::string_view packed, size_t limit_bytes);

/// The pieces, one after the other, as one gzip member; at zlib's quickest. The same bytes always give the same.
[[nodiscard]] Result<std::string> gzip(const std::vector<std::string_view>& pieces);

}  // namespace umb
