// SPDX-License-Identifier: Apache-2.0
// The page that the processes of a builtin container share. The no-op program, which links nothing, reads it too.
#pragma once

#include <cstddef>
#include <cstdint>

namespace umb {

/// The moments of a start, in the order in which they come; each is a CLOCK_MONOTONIC in ns.
enum ContainerMoment : size_t {
  kCalled,        ///< before clone(2), by the parent
  kCloned,        ///< the child runs
  kMounted,       ///< its mounts are made
  kSwitched,      ///< pivot_root(2) is back; never comes where the namespace was made by open_tree(2)
  kOldRootGone,   ///< umount2(MNT_DETACH) of the old root is back; the same
  kProgramEnded,  ///< the last act of the no-op program
  kReaped,        ///< wait4(2) is back, by the parent
  kContainerMoments
};

/// A step of the child that may fail.
enum class ContainerStep : int32_t { kNone, kNamespace, kMounts, kRootSwitch, kOldRootUmount, kExec };

/// All zero before a start; a moment that has not come stays 0.
struct ContainerPage {
  int64_t moments_ns[kContainerMoments];
  int32_t errno_value;      ///< of the step that failed
  ContainerStep failed_in;  ///< kNone: none did
  char failed_at[64];       ///< the path the step failed at; may be empty
};

/// The size of the mapping.
inline constexpr size_t kContainerPageBytes = 4096;  // SharedPage::kBytes
static_assert(sizeof(ContainerPage) <= kContainerPageBytes);

}  // namespace umb
