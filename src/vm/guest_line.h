// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "vm/frame.h"
#include "vm/job.h"

#include <cstdint>
#include <string>

namespace umb {

/// The guest's end of the line to the host. The port is open only while it is used.
class GuestLine {
 public:
  /// Resets the port.
  [[nodiscard]] static Result<GuestLine> open();

  /// Says hello, again and again, until a job comes whole; at most `limit_ns`.
  [[nodiscard]] Result<Job> ask_for_job(const std::string& hello, int64_t limit_ns);
  [[nodiscard]] Result<void> send(FrameKind kind, const std::string& payload);
  /// In pieces.
  [[nodiscard]] Result<void> send_files(const std::string& packed);

 private:
  uint32_t number_ = 0;
};

}  // namespace umb
