// SPDX-License-Identifier: Apache-2.0
// Whether and how well kernels can be booted on this machine.
#pragma once

#include "base/result.h"
#include "runner/doctor.h"
#include "vm/qemu_program.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace umb {

/// What trying to start a guest gave. A trouble is empty where there is none.
struct GuestTrial {
  Result<QemuProgram> qemu;
  std::string kvm_trouble;
  std::string emulation_trouble;  ///< tried only where KVM doesn't work
  [[nodiscard]] bool can_boot() const { return qemu.has_value() && (kvm_trouble.empty() || emulation_trouble.empty()); }
};
/// Boots a tiny guest or two; at most 5 s each.
[[nodiscard]] GuestTrial try_guests();

/// The room in a file system: at the path, or at the nearest folder above it that is there.
[[nodiscard]] std::optional<int64_t> free_bytes_at(const std::string& path);

/// Every topic in a fixed order. Works without privilege.
[[nodiscard]] std::vector<Finding> examine_for_guests(const GuestTrial& trial, const HostRoot& root = {},
                                                      const ProgramFinder& find = find_program);

}  // namespace umb
