// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace umb {

/// The PC's second serial port (I/O port 0x2f8), driven by this process alone, without an interrupt. The kernel's own
/// driver is not used: under PREEMPT_RT its threaded handler answers a busy emulated port so late that the kernel gives
/// the interrupt up ("nobody cared", seen with Debian's 6.1 RT), and no module is needed this way. x86-64 only, and the
/// first time needs CAP_SYS_RAWIO (ioperm(2)).
class Uart {
 public:
  /// While it lives this thread may use the port, and pays for it at each switch of context: open it only to talk.
  [[nodiscard]] static Result<Uart> open();
  Uart(Uart&& other) noexcept : open_(std::exchange(other.open_, false)) {}
  Uart& operator=(Uart&&) = delete;
  ~Uart();

  /// To be called once, before anything comes in: 115200 baud, 8N1, FIFOs on and empty, no interrupts.
  void reset();
  /// All of it, however long that takes: some 170 KB/s under emulation.
  void write(std::string_view bytes);
  /// What has come by now, or comes within `limit_ns`; "" when that is over.
  [[nodiscard]] std::string read(int64_t limit_ns);

 private:
  Uart() = default;
  bool open_ = true;
};

}  // namespace umb
