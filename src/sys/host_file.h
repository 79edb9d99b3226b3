// SPDX-License-Identifier: Apache-2.0
// Reading what the kernel says in /proc and /sys: with a size limit, never through a symbolic link at the end of the
// path, never waiting, never running anything. What is missing or can't be read is nullopt, "unknown", and never 0 or
// "".
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// Where a host's /proc, /sys, /dev, /boot and /lib lie: "/" for this machine, another folder for a made-up one.
struct HostRoot {
  std::string path = "/";

  /// What is asked of the processor or of programs, and not of files, is asked of this machine only.
  [[nodiscard]] bool is_this_machine() const { return path == "/"; }
  /// The path here of the host's `absolute` path ("/proc/stat").
  [[nodiscard]] std::string at(std::string_view absolute) const;
};

inline constexpr size_t kHostFileLimit = 64 * 1024;

/// A whole regular file; nullopt when it is longer than the limit.
[[nodiscard]] std::optional<std::string> read_host_file(const HostRoot& root, std::string_view path,
                                                        size_t limit_bytes = kHostFileLimit);
/// At most the first `limit_bytes` of a regular file: for long ones whose beginning is enough.
[[nodiscard]] std::optional<std::string> read_host_start(const HostRoot& root, std::string_view path,
                                                         size_t limit_bytes = kHostFileLimit);
/// A short file without the white space around it; "" when there is nothing else in it.
[[nodiscard]] std::optional<std::string> host_text(const HostRoot& root, std::string_view path);
/// A file that holds one whole decimal number.
[[nodiscard]] std::optional<int64_t> host_number(const HostRoot& root, std::string_view path);
/// A file that holds a number, as "not 0".
[[nodiscard]] std::optional<bool> host_flag(const HostRoot& root, std::string_view path);
/// Hands over each line of a long file, piece by piece; false when it can't be read or is longer than the limit.
[[nodiscard]] bool for_each_host_line(const HostRoot& root, std::string_view path, size_t limit_bytes,
                                      const std::function<void(std::string_view)>& take);

/// Something of that name is there (a link is followed).
[[nodiscard]] bool host_exists(const HostRoot& root, std::string_view path);
/// Where a symbolic link points to.
[[nodiscard]] std::optional<std::string> host_link(const HostRoot& root, std::string_view path);
/// The names in a folder, sorted, at most `limit`; empty when it can't be read.
[[nodiscard]] std::vector<std::string> host_names(const HostRoot& root, std::string_view path, size_t limit = 65536);

}  // namespace umb
