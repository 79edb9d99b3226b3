// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

struct KernelMessage {
  int level = 0;     ///< 0 (emergency) to 7 (debug); 3 is an error
  std::string text;  ///< one line, printable
};

/// A record as /dev/kmsg gives it ("3,512,94402,-;EXT4-fs (loop0): ..."); nullopt for anything else.
[[nodiscard]] std::optional<KernelMessage> parse_kernel_record(std::string_view record);
/// Whether the text has the name as a word: "loop1" is not in "EXT4-fs (loop12)".
[[nodiscard]] bool mentions(std::string_view text, std::string_view name);

/// What the kernel says from now on. Needs root where kernel.dmesg_restrict is set.
class KernelLog {
 public:
  [[nodiscard]] static Result<KernelLog> open();
  /// Forgets what has been said up to now.
  void skip();
  /// What has been said since, never waiting for more; messages that the kernel has dropped by now are not in it.
  [[nodiscard]] std::vector<KernelMessage> take();

 private:
  explicit KernelLog(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

}  // namespace umb
