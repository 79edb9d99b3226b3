// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace umb {

/// From the kernel; small enough for any JSON reader to keep it exactly.
[[nodiscard]] uint64_t random_number();

}  // namespace umb
