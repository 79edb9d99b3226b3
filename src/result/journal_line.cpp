// SPDX-License-Identifier: Apache-2.0
#include "result/journal_line.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <zlib.h>

namespace umb {

namespace {

constexpr int64_t kMaxLineBytes = int64_t{64} << 20U;
constexpr size_t kChecksumDigits = 8;

std::string checksum(std::string_view json) {
  const uLong sum = ::crc32_z(0, reinterpret_cast<const Bytef*>(json.data()), json.size());
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%08lx", static_cast<unsigned long>(sum));
  return text.data();
}

/// Up to the next space, at most `limit` bytes; "" when there is none.
std::string read_word(TextCursor& cursor, size_t limit) {
  std::string word;
  while (!cursor.at_end() && word.size() <= limit) {
    const char c = cursor.peek();
    cursor.advance();
    if (c == ' ') return word;
    word += c;
  }
  return {};
}

}  // namespace

std::string journal_line(std::string_view json) {
  std::string line = std::to_string(json.size()) + ' ' + checksum(json) + ' ';
  line.reserve(line.size() + json.size() + 1);
  line += json;
  line += '\n';
  return line;
}

std::string read_journal_line(TextCursor& cursor, std::string& what_is_wrong) {
  constexpr size_t kLengthDigits = 8;
  const Result<int64_t> length = parse_integer(read_word(cursor, kLengthDigits), 1, kMaxLineBytes);
  const std::string expected = read_word(cursor, kChecksumDigits);
  what_is_wrong = cursor.at_end() ? "incomplete" : "damaged";
  if (!length.has_value() || expected.size() != kChecksumDigits) return {};
  std::string json;
  while (json.size() < static_cast<size_t>(*length)) {
    const std::string_view piece = cursor.window(1).substr(0, static_cast<size_t>(*length) - json.size());
    if (piece.empty()) {
      what_is_wrong = "incomplete";
      return {};
    }
    // A length that is a lie is paid for with bytes that are really there.
    json += piece;
    cursor.skip(piece.size());
    cursor.mark();
  }
  if (cursor.at_end()) {
    what_is_wrong = "incomplete";
    return {};
  }
  what_is_wrong = "damaged";
  const bool ended = cursor.peek() == '\n';
  cursor.advance();
  cursor.mark();
  return ended && checksum(json) == expected ? json : std::string();
}

}  // namespace umb
