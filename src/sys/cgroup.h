// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace umb {

/// Kill all that runs in a control group (cgroup.kill: cgroup2, Linux 5.14; without it only what is empty can be
/// removed), then remove it and the groups in it, waiting up to `limit_ns` until they are empty. False when it wasn't
/// there. Refuses a folder that is not in a cgroup file system.
[[nodiscard]] Result<bool> kill_cgroup(const std::string& path, int64_t limit_ns);

}  // namespace umb
