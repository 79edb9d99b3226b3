// SPDX-License-Identifier: Apache-2.0
// What guest and host say to each other over a serial line that may lose bytes, or carry some of a firmware's: frames
// with a mark, a number that counts up, a length and a checksum.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace umb {

enum class FrameKind : uint8_t {
  kHello = 1,     ///< guest: its init runs; the kernel's release, and in a second line CLOCK_MONOTONIC in ns
  kJob = 2,       ///< host, to each hello: a bundle
  kProgress = 3,  ///< guest: a line that the job wrote on stderr
  kFiles = 4,     ///< guest: a piece of the bundle of what the job left
  kDone = 5,      ///< guest: the job's exit code in decimal digits; all pieces have been sent
  kTrouble = 6,   ///< guest: why it can't go on
  kGrowth = 7,    ///< guest: what a file that the job writes has grown by so far
};

struct Frame {
  FrameKind kind = FrameKind::kHello;
  uint32_t number = 0;  ///< from 0, by the sender
  std::string payload;
  bool operator==(const Frame&) const = default;
};

inline constexpr size_t kMaxFramePayload = 256 * 1024;

[[nodiscard]] std::string encode(const Frame& frame);

/// Finds the frames in what came. Whatever is none (noise, a frame with a byte lost or changed) is passed over and
/// counted.
class FrameReader {
 public:
  void feed(std::string_view bytes);
  /// The next whole frame, in the order in which they came.
  [[nodiscard]] std::optional<Frame> next();
  [[nodiscard]] uint64_t bytes_passed_over() const { return passed_over_; }

 private:
  bool take_frame(std::string_view& rest);
  std::string pending_;
  std::deque<Frame> frames_;
  uint64_t passed_over_ = 0;
};

}  // namespace umb
