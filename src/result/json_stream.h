// SPDX-License-Identifier: Apache-2.0
// JSON written as it is said, without a tree of it in memory.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// Takes the next piece of text; its first error ends the writing.
using Sink = std::function<Result<void>(std::string_view)>;

/// Keys and values in the order in which they are called, commas and quotes put in. Pieces of some 64 KiB go to the
/// sink.
class JsonStream {
 public:
  enum class Layout {
    kOneLine,  ///< no white space at all
    kLines,    ///< each value on a line of its own, but for what is within begin_...(kInline or kTight)
  };
  enum Wrapping { kWrapped, kInline, kTight };  ///< kTight: on one line, without white space, all that is in it too

  JsonStream(Sink sink, Layout layout) : sink_(std::move(sink)), lines_(layout == Layout::kLines) {}

  void begin_object(Wrapping wrapping = kWrapped) { begin('{', wrapping); }
  void end_object() { end('}'); }
  void begin_array(Wrapping wrapping = kWrapped) { begin('[', wrapping); }
  void end_array() { end(']'); }
  void key(std::string_view name);

  void text(std::string_view value);
  void integer(int64_t value);
  void unsigned_integer(uint64_t value);
  /// The shortest digits that give the same double again, always told apart from a whole number; null when not finite.
  void real(double value);
  void boolean(bool value) { put(value ? "true" : "false"); }
  void null() { put("null"); }

  /// The end, with a newline in layout kLines; the sink's first error, if there was one.
  [[nodiscard]] Result<void> finish();

 private:
  struct Level {
    bool empty = true;
    bool wrapped = false;
    bool spaced = false;  ///< a space behind each comma
    bool tight = false;
  };
  void begin(char bracket, Wrapping wrapping);
  void end(char bracket);
  void start_value();
  void put(std::string_view value);
  void new_line();
  void flush();

  Sink sink_;
  bool lines_;
  bool after_key_ = false;
  std::vector<Level> levels_;
  std::string buffer_;
  Result<void> state_;
};

}  // namespace umb
