// SPDX-License-Identifier: Apache-2.0
// The processors, the memory and the clock as the kernel presents them.
#pragma once

#include "sys/host_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace umb {

/// How many CPUs a list as in /sys/devices/system/cpu ("0-3,8") names; "" is none of them.
[[nodiscard]] std::optional<int64_t> count_cpu_list(std::string_view list);
/// cpus_in(root, "online"): the number in /sys/devices/system/cpu/online.
[[nodiscard]] std::optional<int64_t> cpus_in(const HostRoot& root, std::string_view file);
/// The list in nohz_full or isolated as it is; "" when there are none ("(null)" on some kernels).
[[nodiscard]] std::optional<std::string> cpu_list_in(const HostRoot& root, std::string_view file);

/// The first processor's part of /proc/cpuinfo.
[[nodiscard]] std::optional<std::string> first_processor(const HostRoot& root);
/// The value behind "NAME : ".
[[nodiscard]] std::optional<std::string> processor_value(std::string_view processor, std::string_view name);
/// "model name"; where there is none (arm64) "implementer 0x41 part 0xd0c".
[[nodiscard]] std::optional<std::string> processor_model(std::string_view processor);

/// Whether the processor may go above its nominal frequency (intel_pstate/no_turbo, cpufreq/boost).
[[nodiscard]] std::optional<bool> turbo(const HostRoot& root);
/// "NAME=STATE; NAME=STATE" for each vulnerability that affects this processor, each state up to its first ';'; "" when
/// none does.
[[nodiscard]] std::optional<std::string> mitigations(const HostRoot& root);

[[nodiscard]] std::optional<int64_t> memory_bytes(const HostRoot& root);
/// What new programs can have without anything being swapped out, by the kernel's estimate.
[[nodiscard]] std::optional<int64_t> available_memory_bytes(const HostRoot& root);
[[nodiscard]] std::optional<double> load_1min(const HostRoot& root);
[[nodiscard]] std::optional<double> uptime_s(const HostRoot& root);
[[nodiscard]] std::optional<std::string> clock_source(const HostRoot& root);

}  // namespace umb
