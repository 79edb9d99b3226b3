// SPDX-License-Identifier: Apache-2.0
#include "result/json_stream.h"

#include "base/text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace umb {

namespace {
constexpr size_t kPieceBytes = size_t{64} * 1024;
}

void JsonStream::new_line() {
  buffer_ += '\n';
  buffer_.append(levels_.size() * 2, ' ');
}

void JsonStream::start_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  Level& level = levels_.back();
  if (!level.empty) buffer_ += level.spaced ? ", " : ",";
  if (level.wrapped) new_line();
  level.empty = false;
}

void JsonStream::begin(char bracket, Wrapping wrapping) {
  start_value();
  buffer_ += bracket;
  const bool outer_wrapped = levels_.empty() ? lines_ : levels_.back().wrapped;
  const bool wrapped = outer_wrapped && wrapping == kWrapped;
  const bool tight = !lines_ || wrapping == kTight || (!levels_.empty() && levels_.back().tight);
  // Columns are long: their commas go without.
  levels_.push_back(
      {.empty = true, .wrapped = wrapped, .spaced = !tight && !wrapped && bracket == '{', .tight = tight});
}

void JsonStream::end(char bracket) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.wrapped && !level.empty) new_line();
  buffer_ += bracket;
  if (buffer_.size() >= kPieceBytes) flush();
}

void JsonStream::key(std::string_view name) {
  start_value();
  buffer_ += json_string(name);
  buffer_ += levels_.back().tight ? ":" : ": ";
  after_key_ = true;
}

void JsonStream::put(std::string_view value) {
  start_value();
  buffer_ += value;
  if (buffer_.size() >= kPieceBytes) flush();
}

void JsonStream::text(std::string_view value) {
  put(json_string(value));
}

void JsonStream::integer(int64_t value) {
  std::array<char, 24> digits{};
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  put({digits.data(), static_cast<size_t>(end - digits.data())});
}

void JsonStream::unsigned_integer(uint64_t value) {
  std::array<char, 24> digits{};
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  put({digits.data(), static_cast<size_t>(end - digits.data())});
}

void JsonStream::real(double value) {
  if (!std::isfinite(value)) return null();
  std::array<char, 32> digits{};
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  std::string text(digits.data(), static_cast<size_t>(end - digits.data()));
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  put(text);
}

void JsonStream::flush() {
  if (state_.has_value() && !buffer_.empty()) state_ = sink_(buffer_);
  buffer_.clear();
}

Result<void> JsonStream::finish() {
  if (lines_) buffer_ += '\n';
  flush();
  return state_;
}

}  // namespace umb
