// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

struct QemuProgram {
  std::string path;
  std::string version;  ///< "7.2.22"
};

/// The QEMU that runs x86_64 guests, from the system's program folders; `name` may be a path. Asks it for its version
/// (at most 5 s). kUnavailable when there is none (the hint names the package) or it doesn't answer.
[[nodiscard]] Result<QemuProgram> find_qemu(const std::string& name = "qemu-system-x86_64");

}  // namespace umb
