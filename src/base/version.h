// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace umb {

/// "0.1.0".
[[nodiscard]] const char* tool_version();
/// What git calls the source tree that this was built from; "unknown" outside of a checkout.
[[nodiscard]] const char* tool_commit();

}  // namespace umb
