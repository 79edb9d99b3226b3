// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umb {

/// Printable, and at most some 400 bytes with " …" behind them: a text from a file may be megabytes.
[[nodiscard]] std::string shortened(std::string_view text);

}  // namespace umb
