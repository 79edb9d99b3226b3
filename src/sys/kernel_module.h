// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

/// Loads a module from an unpacked .ko file (finit_module(2), CAP_SYS_MODULE). One that is loaded or built in already
/// (EEXIST) is no error. Its dependencies must be there.
[[nodiscard]] Result<void> load_module(const std::string& path);

}  // namespace umb
