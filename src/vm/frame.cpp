// SPDX-License-Identifier: Apache-2.0
#include "vm/frame.h"

#include <xxhash.h>

namespace umb {

namespace {

// Mark, kind, number, length, checksum of what stands between mark and checksum and of the payload.
constexpr std::string_view kMark = "\x02umb";
constexpr size_t kKindAt = 4, kNumberAt = 5, kLengthAt = 9, kSumAt = 13, kHeaderSize = 21;

void put(std::string& bytes, uint64_t value, size_t size) {
  for (size_t i = 0; i < size; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

uint64_t number_at(std::string_view bytes, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = size; i-- > 0;) value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

uint64_t checksum(std::string_view head, std::string_view payload) {
  return XXH3_64bits_withSeed(payload.data(), payload.size(), XXH3_64bits(head.data(), head.size()));
}

/// How many bytes at the beginning can't belong to a frame.
size_t noise_before_mark(std::string_view bytes) {
  size_t at = 0;
  for (; at < bytes.size(); ++at) {
    const std::string_view rest = bytes.substr(at, kMark.size());
    if (kMark.starts_with(rest)) break;
  }
  return at;
}

}  // namespace

std::string encode(const Frame& frame) {
  std::string bytes(kMark);
  put(bytes, static_cast<uint8_t>(frame.kind), 1);
  put(bytes, frame.number, 4);
  put(bytes, frame.payload.size(), 4);
  put(bytes, checksum(std::string_view(bytes).substr(kKindAt), frame.payload), 8);
  return bytes + frame.payload;
}

void FrameReader::feed(std::string_view bytes) {
  pending_ += bytes;
  std::string_view rest = pending_;
  while (take_frame(rest)) {
  }
  pending_.erase(0, pending_.size() - rest.size());
}

std::optional<Frame> FrameReader::next() {
  if (frames_.empty()) return std::nullopt;
  Frame frame = std::move(frames_.front());
  frames_.pop_front();
  return frame;
}

/// Takes a frame, or what is none, off the front; false when more bytes are needed.
bool FrameReader::take_frame(std::string_view& rest) {
  const size_t noise = noise_before_mark(rest);
  passed_over_ += noise;
  rest.remove_prefix(noise);
  if (rest.size() < kHeaderSize) return false;
  const std::string_view head = rest.substr(kKindAt, kSumAt - kKindAt);
  const auto kind = static_cast<uint8_t>(rest[kKindAt]);
  const uint64_t length = number_at(rest, kLengthAt, 4);
  const bool possible = kind >= static_cast<uint8_t>(FrameKind::kHello) &&
                        kind <= static_cast<uint8_t>(FrameKind::kGrowth) && length <= kMaxFramePayload;
  if (possible && rest.size() < kHeaderSize + length) return false;
  const std::string_view payload = possible ? rest.substr(kHeaderSize, length) : std::string_view();
  if (!possible || checksum(head, payload) != number_at(rest, kSumAt, 8)) {
    // Only the mark: the next frame may begin within what this one seemed to be.
    passed_over_ += 1;
    rest.remove_prefix(1);
    return true;
  }
  frames_.push_back(
      {static_cast<FrameKind>(kind), static_cast<uint32_t>(number_at(rest, kNumberAt, 4)), std::string(payload)});
  rest.remove_prefix(kHeaderSize + length);
  return true;
}

}  // namespace umb
