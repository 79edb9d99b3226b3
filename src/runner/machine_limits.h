// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/case.h"
#include "sys/host_file.h"

#include <optional>
#include <string>

namespace umb {

/// Why a case takes more than this machine has or allows (mounts, mount namespaces, inotify watches, tasks, memory),
/// with both numbers; nothing when it fits. A limit that this kernel does not have refuses nothing. Limits of the
/// caller's control group are not looked at.
[[nodiscard]] std::optional<std::string> beyond_limits(const HostRoot& root, const Needs& needs);

}  // namespace umb
