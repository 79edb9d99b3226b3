// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace umb {

/// The loader that a 64-bit ELF program names (PT_INTERP), or "" for a static one; an error when `program` is none or
/// what it says of itself doesn't hold. `head` is the program's beginning: what lies behind it is not found.
[[nodiscard]] Result<std::string> elf_loader(std::string_view head);

/// Whether the sections of a 64-bit relocatable ELF file (a kernel module) lie within it, and their names within the
/// section of names: kUsage when not. For readers that take it for granted.
[[nodiscard]] Result<void> check_elf_module(std::string_view bytes);

}  // namespace umb
