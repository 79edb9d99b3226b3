// SPDX-License-Identifier: Apache-2.0
#include "vm/uart.h"

#include "base/clock.h"

#include <algorithm>
#include <cerrno>

#if defined(__x86_64__)
#include <sys/io.h>
#endif

namespace umb {

#if defined(__x86_64__)

namespace {

// The registers of a 16550A, by their distance from the first port.
constexpr unsigned short kBase = 0x2f8;
constexpr unsigned short kData = kBase, kInterrupts = kBase + 1, kFifo = kBase + 2, kLine = kBase + 3;
constexpr unsigned short kModem = kBase + 4, kStatus = kBase + 5;
constexpr unsigned char kDivisorAccess = 0x80, kEightBits = 0x03, kFifosOnAndEmpty = 0x07, kReady = 0x03;
constexpr unsigned char kDataReady = 0x01, kSendEmpty = 0x20;
constexpr size_t kFifoSize = 16;
constexpr unsigned long kPortCount = 8;
constexpr int64_t kPauseNs = 200'000;
constexpr int kQuickLooks = 100;

}  // namespace

Result<Uart> Uart::open() {
  if (::ioperm(kBase, kPortCount, 1) != 0) return fail_errno("cannot use the second serial port", errno);
  return Uart();
}

Uart::~Uart() {
  if (open_) (void)::ioperm(kBase, kPortCount, 0);
}

void Uart::reset() {
  ::outb(0, kInterrupts);
  ::outb(kDivisorAccess, kLine);
  ::outb(1, kData);
  ::outb(0, kInterrupts);
  ::outb(kEightBits, kLine);
  ::outb(kFifosOnAndEmpty, kFifo);
  ::outb(kReady, kModem);
}

void Uart::write(std::string_view bytes) {
  while (!bytes.empty()) {
    while ((::inb(kStatus) & kSendEmpty) == 0) {
    }
    for (const char byte : bytes.substr(0, kFifoSize)) ::outb(static_cast<unsigned char>(byte), kData);
    bytes.remove_prefix(std::min(bytes.size(), kFifoSize));
  }
}

std::string Uart::read(int64_t limit_ns) {
  std::string bytes;
  const int64_t deadline_ns = monotonic_ns() + limit_ns;
  int looks = 0;
  // The sender fills the FIFO again as soon as it has been emptied, so a few looks more are worth it.
  while (looks < kQuickLooks || (bytes.empty() && monotonic_ns() < deadline_ns)) {
    if ((::inb(kStatus) & kDataReady) != 0) {
      bytes += static_cast<char>(::inb(kData));
      looks = 0;
    } else if (++looks > kQuickLooks) {
      sleep_ns(kPauseNs);
    }
  }
  return bytes;
}

#else

Result<Uart> Uart::open() {
  return fail("the serial port is only known on x86-64", "", "", ErrorKind::kUnavailable);
}
Uart::~Uart() = default;
void Uart::reset() {}
void Uart::write(std::string_view) {}
std::string Uart::read(int64_t) {
  return {};
}

#endif

}  // namespace umb
