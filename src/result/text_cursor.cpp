// SPDX-License-Identifier: Apache-2.0
#include "result/text_cursor.h"

#include <algorithm>
#include <cstring>

namespace umb {

namespace {
constexpr size_t kBufferBytes = size_t{128} * 1024;
constexpr uint64_t kMaxUnmarked = uint64_t{1} << 20U;
}  // namespace

bool TextCursor::refill(size_t wanted) {
  if (error_) return false;
  if (buffer_.empty()) buffer_.resize(kBufferBytes);
  if (byte() - marked_ > kMaxUnmarked) {
    error_ = fail_usage("a text, a number or white space of more than 1 MiB").value();
    return false;
  }
  std::memmove(buffer_.data(), buffer_.data() + next_, end_ - next_);
  before_buffer_ += next_;
  end_ -= next_;
  next_ = 0;
  while (end_ < wanted && !source_ended_) {
    const Result<size_t> count = source_.read(buffer_.data() + end_, buffer_.size() - end_);
    if (!count.has_value()) {
      error_ = count.error();
      return false;
    }
    source_ended_ = *count == 0;
    end_ += *count;
    if (before_buffer_ + end_ > limit_bytes_) {
      error_ = fail_usage("it is longer than " + std::to_string(limit_bytes_) + " bytes").value();
      return false;
    }
  }
  return end_ >= wanted;
}

void TextCursor::skip(size_t count) {
  if (count == 0) return;
  const char* at = buffer_.data() + next_;
  const char* const stop = at + count;
  const char* const begin = at;
  count_line();
  // A newline that is the last byte is counted when the byte after it is read.
  while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<size_t>(stop - 1 - at)))) != nullptr) {
    ++at;
    ++line_;
    line_start_ = byte() + static_cast<uint64_t>(at - begin);
  }
  next_ += count;
  last_ = buffer_[next_ - 1];
}

}  // namespace umb
