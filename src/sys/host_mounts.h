// SPDX-License-Identifier: Apache-2.0
// The mount table from afar: how long it is, how cgroups are laid out in it, and who else keeps an eye on it. Reading
// it takes the kernel's one lock over all mounts, so never between the first and the last sample of a block.
#pragma once

#include "sys/host_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace umb {

struct MountTableFacts {
  int64_t mount_count = 0;    ///< in the mount namespace of the caller
  std::string cgroup_layout;  ///< "v1", "v2", "hybrid" (both, with v2 below /sys/fs/cgroup) or "none"
};
/// Reads /proc/self/mountinfo once; nullopt when it can't be read.
[[nodiscard]] std::optional<MountTableFacts> read_mount_table(const HostRoot& root);

struct MountTableHolder {
  int64_t pid = 0;
  std::string name;  ///< as in /proc/PID/comm, not made printable
};
/// Processes that have a mount table (/proc/*/mountinfo, mounts or mountstats) open, but for the caller. Needs root to
/// see all of them; looks at a bounded number of processes and descriptors.
[[nodiscard]] std::vector<MountTableHolder> mount_table_holders(const HostRoot& root);

}  // namespace umb
