// SPDX-License-Identifier: Apache-2.0
// The control group hierarchies of this machine: where they are mounted, and how a mount namespace of one's own gets
// them mounted as a container runtime wants to find them.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// The version 1 hierarchies in the text of a /proc/PID/cgroup, each by its controllers ("cpu,cpuacct") or its name
/// ("name=systemd"); cgroup2 is none of them.
[[nodiscard]] std::vector<std::string> cgroup1_hierarchies(std::string_view proc_cgroup);

/// The roots of the hierarchies that the host has mounted in /sys/fs/cgroup: that folder, or folders in it.
[[nodiscard]] std::vector<std::string> cgroup_roots();

/// To be called in a mount namespace of our own, whose /sys/fs/cgroup gets a plain cgroup2.
[[nodiscard]] Result<void> mount_cgroup2();
/// The same, but with each of the version 1 hierarchies in a folder of its own, and cgroup2 in `unified`.
[[nodiscard]] Result<void> mount_cgroup1(const std::vector<std::string>& hierarchies);

}  // namespace umb
