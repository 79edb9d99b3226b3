// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sys/mount_door.h"

namespace umb {

/// The same door by the newer calls (Linux 5.2): fsopen, fsconfig, fsmount and move_mount; a bind by open_tree. Of the
/// flags it knows MS_RDONLY; options are handed over one by one, so that they may hold what mount(2) would split at.
class FsmountDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override;
  int umount(const char* target, int flags) override;
};

/// Whether this kernel has these calls. Needs no privilege, changes nothing.
[[nodiscard]] bool has_fsmount();

}  // namespace umb
