// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vm/qemu_program.h"

#include <cstdint>
#include <string>

namespace umb {

inline constexpr int64_t kTinyGuestLimitNs = 5'000'000'000;

/// Boots a guest of a few bytes that goes through the firmware, as real ones do, and then ends QEMU. "" when it came to
/// its end within the limit, else why not, in one line.
[[nodiscard]] std::string tiny_guest_trouble(const QemuProgram& qemu, const std::string& accelerator,
                                             int64_t limit_ns = kTinyGuestLimitNs);

/// The image that QEMU's -kernel takes: a Multiboot header, and code that writes kTinyGuestWord to port 0xf4.
[[nodiscard]] std::string tiny_guest_image();
/// What QEMU ends with then: the device isa-debug-exit makes 2 * word + 1 of it, which QEMU itself never ends with.
inline constexpr uint8_t kTinyGuestWord = 0x2a;
inline constexpr int kTinyGuestExitCode = 2 * kTinyGuestWord + 1;

}  // namespace umb
