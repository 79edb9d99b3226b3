// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstdint>
#include <string>
#include <utility>

namespace umb {

/// Whole messages between two processes of this program that were forked from each other.
class Channel {
 public:
  /// Two connected ends.
  [[nodiscard]] static Result<std::pair<Channel, Channel>> make();

  [[nodiscard]] Result<void> send(const std::string& message) const;
  /// Waits at most `time_limit_ns` (0: for ever). errno_value of the error: ETIMEDOUT, EPIPE when the other end is
  /// gone.
  [[nodiscard]] Result<std::string> receive(int64_t time_limit_ns = 0) const;
  [[nodiscard]] int fd() const { return fd_.get(); }
  void close() { fd_.reset(); }

 private:
  explicit Channel(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

}  // namespace umb
