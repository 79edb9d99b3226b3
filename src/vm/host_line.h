// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "vm/boot.h"
#include "vm/frame.h"

#include <optional>
#include <string>
#include <string_view>

namespace umb {

/// The host's end of the line to a guest: from bytes to what has become of the job.
class HostLine {
 public:
  HostLine(std::string packed_job, BootListener& listener) : job_(std::move(packed_job)), listener_(&listener) {}

  /// Takes what came; gives what is to be sent back.
  [[nodiscard]] std::string take(std::string_view bytes);

  [[nodiscard]] const std::string& hello() const { return hello_; }
  /// How the guest says that its job ended; empty while it does not.
  [[nodiscard]] const std::optional<BootHow>& how() const { return how_; }
  /// Fills in what came for the end that how() says.
  void tell(BootEnd& end);

 private:
  void take(const Frame& frame);
  void take_hello(const std::string& payload);
  void take_done(const std::string& code);

  std::string job_;
  BootListener* listener_;
  FrameReader reader_;
  uint32_t next_number_ = 0, jobs_sent_ = 0;
  std::string hello_, packed_, answer_, trouble_;
  std::optional<BootHow> how_;
  bool lost_ = false;
  int exit_code_ = 0;
  int64_t hello_guest_ns_ = 0;
};

}  // namespace umb
