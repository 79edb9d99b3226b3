// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace umb {

/// How long what waits for RCU takes right now; medians in ns, INT64_MIN where a probe says nothing here.
struct RcuProbe {
  int64_t fuse_umount_ns;   ///< lazy umount of a FUSE mount without a server: its bdi goes by an expedited grace period
  int64_t tmpfs_umount_ns;  ///< a bare tmpfs
  int64_t membarrier_ns;    ///< MEMBARRIER_CMD_GLOBAL, a normal grace period: nothing with one CPU or under nohz_full
};

/// Takes each probe five times in `folder`, which must be an empty folder in a mount namespace of our own; up to some
/// 250 ms where grace periods are normal.
[[nodiscard]] RcuProbe probe_rcu(const std::string& folder);

}  // namespace umb
