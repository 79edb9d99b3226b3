// SPDX-License-Identifier: Apache-2.0
// Shares as per cents that claim no more than they have. Inside compare/ only.
#pragma once

#include <string>
#include <vector>

namespace umb {

/// Shares that are 1 together, rounded so that what is shown adds up to 100% too: "99.3%"; what is there and rounds to
/// nothing "<0.1%", what is not all and rounds to it ">99.9%". `decimals`: 0 or 1.
[[nodiscard]] std::vector<std::string> share_texts(const std::vector<double>& shares, int decimals);

/// One share by itself, in the same way.
[[nodiscard]] std::string share_text(double share, int decimals);

}  // namespace umb
