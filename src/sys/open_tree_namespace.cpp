// SPDX-License-Identifier: Apache-2.0
#include "sys/open_tree_namespace.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

namespace umb {

UniqueFd open_tree_namespace(const char* path) {
  return UniqueFd(::open_tree(AT_FDCWD, path, kOpenTreeNamespace | OPEN_TREE_CLOEXEC | AT_RECURSIVE));
}

bool has_open_tree_namespace() {
  // Flags are looked at first, then the privilege: an unknown one is EINVAL for everybody. A path that can't be there
  // keeps one that may from making a namespace for nothing.
  const UniqueFd fd = open_tree_namespace("/proc/self/no such file");
  return fd.valid() || (errno != EINVAL && errno != ENOSYS);
}

}  // namespace umb
