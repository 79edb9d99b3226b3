// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace umb {

/// The loader that a 64-bit ELF program names (PT_INTERP), or "" for a static one; an error when `program` is none or
/// what it says of itself doesn't hold. `head` is the program's beginning: what lies behind it is not found.
[[nodiscard]] Result<std::string> elf_loader(std::string_view head);

}  // namespace umb
