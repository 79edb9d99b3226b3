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

/// A group that may be made, and where: in any other hierarchy it would be out of reach for whoever cleans up.
struct ControlGroup {
  std::string path;                ///< absolute within its hierarchy: "/umountbench-run-a1B2c3"
  std::vector<std::string> roots;  ///< cgroup_roots(), as the host sees them
};

/// To be called in a mount namespace of our own, which has no control groups yet: mounts those hierarchies on
/// /sys/fs/cgroup that the host has there under their usual names, in the host's layout, or, where `plain_cgroup2`,
/// cgroup2 alone if it is among them. `proc_cgroup` is the text of /proc/self/cgroup.
[[nodiscard]] Result<void> mount_cgroups(std::string_view proc_cgroup, const std::vector<std::string>& host_roots,
                                         bool plain_cgroup2);

}  // namespace umb
