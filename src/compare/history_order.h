// SPDX-License-Identifier: Apache-2.0
// In which order builds stand where commits do not say it. Inside compare/ only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace umb {

/// A time as RFC 3339 writes it ("2026-03-02T09:00:00.5Z", "…+02:00") in ns since 1970; nothing for any other text.
[[nodiscard]] std::optional<int64_t> utc_ns(std::string_view rfc3339);

/// Whether a kernel's release is the lower one: runs of digits by their value, and "6.13.0-rc2" below "6.13.0".
[[nodiscard]] bool lower_release(std::string_view a, std::string_view b);

/// As git cuts commits short.
inline constexpr size_t kShortestCommit = 7;

/// The commit in a release as CONFIG_LOCALVERSION_AUTO makes it: "6.13.0-rc2-00123-g0a1b2c3d4e5f-dirty" has
/// "0a1b2c3d4e5f"; "" where there is none.
[[nodiscard]] std::string commit_in(std::string_view release);

}  // namespace umb
