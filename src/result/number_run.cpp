// SPDX-License-Identifier: Apache-2.0
#include "result/number_run.h"

#include "model/sample.h"

#include <array>
#include <cstring>

namespace umb {

namespace {

/// More than the longest value, its comma, and a line's end with its indentation.
constexpr size_t kWindow = 256;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

const char* literal(const char* at, std::string_view word) {
  return std::memcmp(at, word.data(), word.size()) == 0 ? at + word.size() : nullptr;
}

/// Behind the value, or nullptr when it isn't plain. At least kWindow bytes are there.
const char* take_boolean(const char* at, int64_t& value) {
  value = *at == 't' ? 1 : 0;
  return literal(at, value == 1 ? "true" : "false");
}

const char* take_integer(const char* at, int64_t& value) {
  constexpr int kSafeDigits = 18;
  if (*at == 'n') {
    value = kMissing;
    return literal(at, "null");
  }
  const bool negative = *at == '-';
  if (negative) ++at;
  const char* const first = at;
  int64_t number = 0;
  while (is_digit(*at) && at - first < kSafeDigits) number = number * 10 + (*at++ - '0');
  if (at == first || (*first == '0' && at != first + 1)) return nullptr;
  value = negative ? -number : number;
  return at;
}

const char* skip_space(const char* at, const char* end) {
  while (at < end && is_space(*at)) ++at;
  return at;
}

bool begins_value(char c, bool boolean) {
  return boolean ? c == 't' || c == 'f' : is_digit(c) || c == '-' || c == 'n';
}

}  // namespace

Result<uint64_t> read_number_run(TextCursor& cursor, ColumnSink& sink) {
  const bool boolean = sink.boolean();
  uint64_t taken = 0;
  std::array<int64_t, 1024> batch{};
  while (true) {
    // More than the loop needs for one value: where it ends for want of bytes, there are no more.
    const std::string_view window = cursor.window(2 * kWindow);
    const char* const end = window.data() + window.size();
    const char* at = window.data();
    size_t count = 0;
    while (count < batch.size() && end - at > static_cast<std::ptrdiff_t>(kWindow)) {
      const char* const begin = skip_space(at, end - kWindow / 2);
      const char* behind = boolean ? take_boolean(begin, batch[count]) : take_integer(begin, batch[count]);
      if (behind == nullptr || *behind != ',') break;
      ++behind;
      if (!begins_value(*skip_space(behind, end - 1), boolean)) break;
      at = behind;
      ++count;
    }
    if (count == 0) return taken;
    UMB_TRY(sink.add({batch.data(), count}));
    cursor.skip(static_cast<size_t>(at - window.data()));
    cursor.mark();
    taken += count;
  }
}

}  // namespace umb
