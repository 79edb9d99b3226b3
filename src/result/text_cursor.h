// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/byte_source.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace umb {

/// Walks through the bytes of a source once, with a small buffer; knows where it is, and where it must stop: at
/// `limit_bytes`, and where nothing has been made of the last MiB (a string that never ends).
class TextCursor {
 public:
  TextCursor(ByteSource& source, uint64_t limit_bytes, uint64_t first_line = 1)
      : source_(source), limit_bytes_(limit_bytes), line_(first_line) {}
  TextCursor(const TextCursor&) = delete;
  TextCursor& operator=(const TextCursor&) = delete;

  /// No more bytes, or an error (then it is in error()).
  [[nodiscard]] bool at_end() { return next_ == end_ && !refill(1); }
  /// The next byte; not at the end.
  [[nodiscard]] char peek() const { return buffer_[next_]; }
  void advance() {
    count_line();
    last_ = buffer_[next_++];
  }

  /// What is in the buffer, at least `wanted` (<= 64 KiB) bytes but at the end; valid until the next call.
  [[nodiscard]] std::string_view window(size_t wanted) {
    if (end_ - next_ < wanted) refill(wanted);
    return {buffer_.data() + next_, end_ - next_};
  }
  /// Goes on by `count` bytes of the window.
  void skip(size_t count);

  /// Something was made of all bytes so far.
  void mark() { marked_ = byte(); }

  /// Of the byte that was read last: counted from 1.
  [[nodiscard]] uint64_t line() const { return line_; }
  [[nodiscard]] uint64_t column() const { return byte() - line_start_; }
  /// Bytes read so far.
  [[nodiscard]] uint64_t byte() const { return before_buffer_ + next_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  void count_line() {
    if (last_ != '\n') return;
    ++line_;
    line_start_ = byte();
  }
  bool refill(size_t wanted);

  ByteSource& source_;
  uint64_t limit_bytes_;
  std::vector<char> buffer_;
  size_t next_ = 0, end_ = 0;
  uint64_t before_buffer_ = 0;  ///< bytes that have left the buffer
  uint64_t marked_ = 0;
  uint64_t line_;
  uint64_t line_start_ = 0;
  char last_ = 0;
  bool source_ended_ = false;
  std::optional<Error> error_;
};

}  // namespace umb
