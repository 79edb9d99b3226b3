// SPDX-License-Identifier: Apache-2.0
// The first steps of a guest's init, as root in a kernel that has just come up.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace umb {

/// Moves from the initramfs to a bind mount of it, since pivot_root(2) refuses the former, and mounts what programs
/// expect: /proc, /sys, /dev, /run, /tmp, cgroup2 and, where the kernel has them, tracefs and debugfs.
[[nodiscard]] Result<void> set_up_guest_root();

/// Loads every file of `folder` in the order of the names; what could not be loaded and why, one line each.
[[nodiscard]] std::vector<std::string> load_modules(const std::string& folder);

}  // namespace umb
