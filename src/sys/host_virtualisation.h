// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sys/host_file.h"

#include <optional>
#include <string>
#include <vector>

namespace umb {

/// What tells one hypervisor from another; an empty text is a clue that isn't there.
struct VirtualisationClues {
  std::vector<std::string> signatures;  ///< CPUID leaves 0x40000000, 0x40000100, ...: "KVMKVMKVM"; x86 only
  bool hypervisor_flag = false;         ///< in /proc/cpuinfo; x86 only
  bool x86 = false;
  std::string hypervisor_type;  ///< /sys/hypervisor/type
  std::string sys_vendor;       ///< /sys/class/dmi/id
  std::string product_name;
  std::string acpi_oem;  ///< of the DSDT, "FIRECK"; readable as root
};

/// "none", "kvm", "qemu-tcg", "qemu" (which of the two is not known), "firecracker", "xen", "vmware", "hyperv",
/// "virtualbox", "bhyve", "other" (a hypervisor of another name); nullopt when there is no clue at all.
[[nodiscard]] std::optional<std::string> virtualisation_from(const VirtualisationClues& clues);
[[nodiscard]] std::optional<std::string> virtualisation(const HostRoot& root);

/// "none" in the machine's first PID namespace; otherwise the container's kind as it names itself ("docker", "podman",
/// "lxc") or "unnamed"; nullopt when /proc does not tell.
[[nodiscard]] std::optional<std::string> container_kind(const HostRoot& root);

}  // namespace umb
