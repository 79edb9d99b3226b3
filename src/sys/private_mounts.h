// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

struct PrivateMounts {
  int64_t mount_count = 0;  ///< mounts in the namespace afterwards
  bool reduced = false;     ///< whether the host's other mounts could be left behind
};

/// To be called in a mount and PID namespace of our own, just made. Everything in it becomes a slave of the host's
/// mounts (a private copy would keep every file system of the host busy after the host has unmounted it), a tmpfs of
/// ours, private, is mounted on `folder`, /proc shows our PID namespace, and the root is switched to a copy that has
/// only the root file system, /dev, /sys and what the `needed` paths lie on, so that the number of mounts hardly
/// differs between machines. In a user namespace the copied mounts are locked together and all of them stay.
[[nodiscard]] Result<PrivateMounts> enter_private_mounts(const std::string& folder,
                                                         const std::vector<std::string>& needed, bool user_namespace);

/// Moves the calling process, which has one thread, into a mount namespace of its own with an empty tmpfs as its root
/// and nothing else, but for the folder `bound` ("": none), which is bound to /bound and passes mounts on as it does
/// where it comes from. `folder` lies on a private mount and is only needed for the moment.
[[nodiscard]] Result<void> enter_bare_mounts(const std::string& folder, const std::string& bound);
/// Moves the calling thread into a mount namespace of its own, in which nothing passes on to others what is mounted in
/// it: a plain copy would join the peers of every shared mount. Slaves, not private: see enter_private_mounts().
[[nodiscard]] Result<void> enter_own_mounts();

/// Of the mount on `path`: what is mounted in it comes from the others, and doesn't go to them.
[[nodiscard]] Result<void> make_slave(const std::string& path);

/// Takes everything off that is mounted below `folder` (not on it) in the calling process's namespace.
[[nodiscard]] Result<void> detach_all_below(const std::string& folder);

/// The same, and what is mounted on `folder` itself.
[[nodiscard]] Result<void> detach_all_on(const std::string& folder);

/// The mount points of the calling process's namespace, in the order of /proc/self/mountinfo.
[[nodiscard]] Result<std::vector<std::string>> mount_points();

}  // namespace umb
