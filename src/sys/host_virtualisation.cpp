// SPDX-License-Identifier: Apache-2.0
#include "sys/host_virtualisation.h"

#include "base/text.h"
#include "sys/host_cpu.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace umb {

namespace {

struct Known {
  std::string_view clue;
  const char* name;
};

// KVM stands before Hyper-V: a KVM guest may show Hyper-V's signature first and its own at the next leaf.
constexpr std::array<Known, 8> kSignatures{{{"TCGTCGTCGTCG", "qemu-tcg"},
                                            {"KVMKVMKVM", "kvm"},
                                            {"Linux KVM Hv", "kvm"},
                                            {"XenVMMXenVMM", "xen"},
                                            {"VMwareVMware", "vmware"},
                                            {"VBoxVBoxVBox", "virtualbox"},
                                            {"bhyve bhyve ", "bhyve"},
                                            {"Microsoft Hv", "hyperv"}}};

constexpr std::array<Known, 5> kVendors{
    {{"QEMU", "qemu"}, {"VMware", "vmware"}, {"innotek GmbH", "virtualbox"}, {"Xen", "xen"}, {"BHYVE", "bhyve"}}};

/// The kernel's PROC_PID_INIT_INO.
constexpr std::string_view kFirstPidNamespace = "pid:[4026531836]";

#if defined(__x86_64__) || defined(__i386__)
constexpr bool kX86 = true;
std::vector<std::string> cpuid_signatures() {
  constexpr uint32_t kFirst = 0x40000000;
  constexpr uint32_t kStep = 0x100;
  std::vector<std::string> signatures;
  for (uint32_t leaf = kFirst; leaf < kFirst + 4 * kStep; leaf += kStep) {
    uint32_t highest = 0;
    std::array<uint32_t, 3> letters{};
    __cpuid(leaf, highest, letters[0], letters[1], letters[2]);
    std::array<char, sizeof(letters) + 1> text{};
    std::memcpy(text.data(), letters.data(), sizeof(letters));
    if (highest >= leaf) signatures.emplace_back(text.data());
  }
  return signatures;
}
#else
constexpr bool kX86 = false;
std::vector<std::string> cpuid_signatures() {
  return {};
}
#endif

std::string dsdt_oem(const HostRoot& root) {
  constexpr size_t kOemAt = 10;
  constexpr size_t kOemLength = 6;
  const auto header = read_host_start(root, "/sys/firmware/acpi/tables/DSDT", kOemAt + kOemLength);
  if (!header.has_value() || header->size() != kOemAt + kOemLength) return {};
  return header->substr(kOemAt);
}

VirtualisationClues clues_of(const HostRoot& root) {
  VirtualisationClues clues;
  const std::string processor = first_processor(root).value_or("");
  const std::vector<std::string> flags = split(processor_value(processor, "flags").value_or(""), ' ');
  clues.hypervisor_flag = std::find(flags.begin(), flags.end(), "hypervisor") != flags.end();
  clues.x86 = kX86;
  // Without the flag these leaves hold whatever the highest real one does.
  if (root.is_this_machine() && clues.hypervisor_flag) clues.signatures = cpuid_signatures();
  clues.hypervisor_type = host_text(root, "/sys/hypervisor/type").value_or("");
  clues.sys_vendor = host_text(root, "/sys/class/dmi/id/sys_vendor").value_or("");
  clues.product_name = host_text(root, "/sys/class/dmi/id/product_name").value_or("");
  clues.acpi_oem = dsdt_oem(root);
  return clues;
}

}  // namespace

std::optional<std::string> virtualisation_from(const VirtualisationClues& clues) {
  if (clues.acpi_oem == "FIRECK") return "firecracker";
  for (const Known& known : kSignatures) {
    if (std::find(clues.signatures.begin(), clues.signatures.end(), known.clue) != clues.signatures.end()) {
      return known.name;
    }
  }
  if (clues.hypervisor_type == "xen") return "xen";
  for (const Known& known : kVendors) {
    if (clues.sys_vendor.starts_with(known.clue)) return known.name;
  }
  if (clues.sys_vendor == "Microsoft Corporation" && clues.product_name == "Virtual Machine") return "hyperv";
  if (clues.product_name == "Google Compute Engine") return "kvm";
  if (clues.hypervisor_flag) return "other";
  if (clues.x86 || !clues.sys_vendor.empty()) return "none";
  return std::nullopt;
}

std::optional<std::string> virtualisation(const HostRoot& root) {
  return virtualisation_from(clues_of(root));
}

std::optional<std::string> container_kind(const HostRoot& root) {
  const std::optional<std::string> name_space = host_link(root, "/proc/self/ns/pid");
  if (!name_space.has_value()) return std::nullopt;
  if (*name_space == kFirstPidNamespace) return "none";
  const std::string named = host_text(root, "/run/systemd/container").value_or("");
  if (!named.empty()) return named;
  if (host_exists(root, "/run/.containerenv")) return "podman";
  return host_exists(root, "/.dockerenv") ? "docker" : "unnamed";
}

}  // namespace umb
