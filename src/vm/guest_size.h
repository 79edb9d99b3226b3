// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace umb {

/// Of a guest for which nothing else was asked.
inline constexpr int kDefaultGuestCpus = 2;
inline constexpr int64_t kDefaultGuestMemoryBytes = int64_t{1} << 30;
/// What QEMU itself takes of the host beside its guest's memory, at most.
inline constexpr int64_t kQemuMemoryBytes = 150'000'000;

}  // namespace umb
