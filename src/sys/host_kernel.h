// SPDX-License-Identifier: Apache-2.0
// What the running kernel is: its build, its preemption, its configuration, what it was asked for at boot.
#pragma once

#include "sys/host_file.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// uname -r, and uname -v ("#1 SMP PREEMPT_DYNAMIC ..."), from /proc/sys/kernel.
[[nodiscard]] std::optional<std::string> kernel_release(const HostRoot& root);
[[nodiscard]] std::optional<std::string> kernel_version(const HostRoot& root);

/// The GNU build id in ELF notes as the kernel shows them (/sys/kernel/notes), in hex; nullopt when there is none or
/// when the notes are not well formed up to it.
[[nodiscard]] std::optional<std::string> build_id_in_notes(std::string_view notes);
[[nodiscard]] std::optional<std::string> kernel_build_id(const HostRoot& root);

/// As the kernel was built: "PREEMPT_RT", "PREEMPT_DYNAMIC", "PREEMPT" or "none", from the version string and
/// /sys/kernel/realtime.
[[nodiscard]] std::optional<std::string> preemption_model(const HostRoot& root);
/// The mode in force ("none", "voluntary", "full", "lazy") of a kernel that can change it; readable as root where
/// debugfs is mounted already.
[[nodiscard]] std::optional<std::string> preemption_mode(const HostRoot& root);

/// The kernel's own words of a command line: quotes are kept together and taken off, and what follows "--" (for init)
/// is left out.
[[nodiscard]] std::vector<std::string> command_line_words(std::string_view command_line);
/// The last value given to a parameter ("rcupdate.rcu_normal"); '-' and '_' in its name are the same, as in the kernel.
[[nodiscard]] std::optional<std::string> command_line_value(const std::vector<std::string>& words,
                                                            std::string_view name);

/// The configuration the kernel was built with, from /proc/config.gz or /boot/config-RELEASE.
[[nodiscard]] std::optional<std::string> kernel_config(const HostRoot& root);
/// The value of an option ("y", "250"), without quotes; nullopt when it is not set.
[[nodiscard]] std::optional<std::string> config_value(std::string_view config, std::string_view option);

}  // namespace umb
