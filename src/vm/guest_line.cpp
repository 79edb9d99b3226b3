// SPDX-License-Identifier: Apache-2.0
#include "vm/guest_line.h"

#include "base/clock.h"
#include "vm/uart.h"

#include <algorithm>

namespace umb {

namespace {

constexpr int64_t kHelloAgainNs = 10'000'000'000;
constexpr size_t kPieceBytes = 64 * 1024;

}  // namespace

Result<GuestLine> GuestLine::open() {
  UMB_ASSIGN(Uart uart, Uart::open());
  uart.reset();
  return GuestLine();
}

Result<Job> GuestLine::ask_for_job(const std::string& hello, int64_t limit_ns) {
  UMB_ASSIGN(Uart uart, Uart::open());
  FrameReader reader;
  const int64_t deadline_ns = monotonic_ns() + limit_ns;
  while (monotonic_ns() < deadline_ns) {
    uart.write(encode({FrameKind::kHello, number_++, hello}));
    for (int64_t heard_ns = monotonic_ns(); monotonic_ns() - heard_ns < kHelloAgainNs;) {
      const std::string bytes = uart.read(kHelloAgainNs);
      if (!bytes.empty()) heard_ns = monotonic_ns();
      reader.feed(bytes);
      const std::optional<Frame> frame = reader.next();
      if (frame.has_value() && frame->kind == FrameKind::kJob) return unpack_job(frame->payload);
    }
  }
  return fail("no job came from the host");
}

Result<void> GuestLine::send(FrameKind kind, const std::string& payload) {
  UMB_ASSIGN(Uart uart, Uart::open());
  uart.write(encode({kind, number_++, payload}));
  return {};
}

Result<void> GuestLine::send_files(const std::string& packed) {
  for (size_t at = 0; at < packed.size(); at += kPieceBytes) {
    UMB_TRY(send(FrameKind::kFiles, packed.substr(at, kPieceBytes)));
  }
  return {};
}

}  // namespace umb
