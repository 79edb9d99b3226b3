// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "sys/container_page.h"

#include <cstdint>
#include <string>

namespace umb {

/// How the container gets a root of its own.
enum class ContainerPath {
  kPivot,         ///< clone(CLONE_NEWNS) copies all mounts, pivot_root(2), lazy umount of the old root
  kOwnNamespace,  ///< open_tree(OPEN_TREE_NAMESPACE) copies the root file system alone; Linux 7.0, root
};

struct BuiltinContainer {
  std::string rootfs;  ///< a folder made by make_container_rootfs()
  ContainerPath path = ContainerPath::kPivot;
  bool new_net = false;           ///< a network namespace of its own too
  ContainerPage* page = nullptr;  ///< mapped shared
  int page_fd = -1;               ///< the memfd behind it; must survive exec
};

struct ContainerEnd {
  int exit_code = 0;  ///< -1 when ended by a signal
  int64_t cpu_ns = 0;
  int64_t voluntary_switches = 0;
};

/// The folders a root file system for containers needs, with the no-op program as /noop.
[[nodiscard]] Result<void> make_container_rootfs(const std::string& rootfs);

/// One container from start to reaped, in new mount, PID, UTS and IPC namespaces: the mounts of an OCI runtime (proc,
/// dev with its devices, sys, masked and read-only paths: some 25), the root switched where the path has that, the
/// no-op program. The caller has one thread and is small, because clone(2) copies its page tables; it needs
/// CAP_SYS_ADMIN. The page is cleared first, and tells when and where afterwards; the stopwatch is kCalled to kReaped.
/// The error has the errno and the step.
[[nodiscard]] Result<ContainerEnd> start_builtin_container(const BuiltinContainer& container);

}  // namespace umb
