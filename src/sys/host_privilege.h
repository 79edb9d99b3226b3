// SPDX-License-Identifier: Apache-2.0
// What this process may do.
#pragma once

#include "sys/host_file.h"

#include <cstdint>
#include <optional>
#include <string>

namespace umb {

/// The bits of CapEff in /proc/self/status.
[[nodiscard]] std::optional<uint64_t> effective_capabilities(const HostRoot& root);
/// has_capability(set, CAP_SYS_ADMIN), as numbered in linux/capability.h.
[[nodiscard]] bool has_capability(uint64_t capabilities, int number);

/// Why an ordinary user can't make a user namespace here, as far as settings tell; nullopt when nothing speaks against
/// it.
[[nodiscard]] std::optional<std::string> user_namespaces_refused(const HostRoot& root);

/// Whether a file of /proc or /sys could be written by a process with all capabilities: false when it has no write
/// permission for its owner or lies on a read-only mount; nullopt when it isn't there.
[[nodiscard]] std::optional<bool> knob_writable(const HostRoot& root, const std::string& path);

}  // namespace umb
