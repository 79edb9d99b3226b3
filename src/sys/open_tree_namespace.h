// SPDX-License-Identifier: Apache-2.0
// open_tree(2) with OPEN_TREE_NAMESPACE (Linux 7.0): a mount namespace that holds nothing but a copy of one tree.
#pragma once

#include "base/unique_fd.h"

#include <string>

namespace umb {

/// Since Linux 7.0; the headers at hand may be older.
inline constexpr unsigned kOpenTreeNamespace = 1U << 1;

/// The namespace, for setns(2), of a copy of the tree at `path` with everything below it; invalid with errno: EINVAL
/// where the kernel is older, EPERM without CAP_SYS_ADMIN. Nothing in it is mounted anywhere else.
[[nodiscard]] UniqueFd open_tree_namespace(const char* path);

/// Whether this kernel knows the flag, found out by trying it; no privilege is needed for the answer.
[[nodiscard]] bool has_open_tree_namespace();

}  // namespace umb
