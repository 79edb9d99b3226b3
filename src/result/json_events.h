// SPDX-License-Identifier: Apache-2.0
// A JSON text told value by value, so that nobody has to hold all of it. The only door to nlohmann's parser here.
#pragma once

#include "result/result_node.h"
#include "result/text_cursor.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace umb {

/// One step from a value to a value in it: a key, or an index counted from 0.
struct JsonStep {
  std::string key;
  uint64_t index = 0;
  bool is_index = false;
};
using JsonPath = std::vector<JsonStep>;
/// As a JSON pointer (RFC 6901): "/cases/3/id"; "" for the whole text. For messages: long keys are shortened.
[[nodiscard]] std::string json_pointer(const JsonPath& path);

/// Takes the values of a long array of numbers many at a time.
class ColumnSink {
 public:
  ColumnSink() = default;
  ColumnSink(const ColumnSink&) = delete;
  ColumnSink& operator=(const ColumnSink&) = delete;
  virtual ~ColumnSink() = default;
  /// Whether its values are true and false (1 and 0); otherwise they are whole numbers and null (kMissing).
  [[nodiscard]] virtual bool boolean() const = 0;
  [[nodiscard]] virtual Result<void> add(std::span<const int64_t> values) = 0;
};

/// Is told what is in a JSON text, in its order. An error of any of these ends the reading; its text needs no place.
class JsonListener {
 public:
  JsonListener() = default;
  JsonListener(const JsonListener&) = delete;
  JsonListener& operator=(const JsonListener&) = delete;
  virtual ~JsonListener() = default;
  /// A null, boolean, number or text.
  [[nodiscard]] virtual Result<void> value(const JsonPath& path, ResultNode&& node) = 0;
  [[nodiscard]] virtual Result<void> begin_object(const JsonPath& path, uint64_t line) = 0;
  /// A sink, or nullptr. A sink may get the plain values at the array's beginning; all others are told by value().
  [[nodiscard]] virtual Result<ColumnSink*> begin_array(const JsonPath& path, uint64_t line) = 0;
  /// The end of an object or array.
  [[nodiscard]] virtual Result<void> end(const JsonPath& path) = 0;
};

inline constexpr size_t kMaxResultDepth = 32;

/// Reads one JSON text up to the end of the bytes. kUsage, with line and byte or JSON pointer, when it is no JSON or no
/// UTF-8, is cut off, is nested deeper than kMaxResultDepth, holds a number beyond 64 bits or beyond a double, or when
/// the listener says so. `name` is the file's, for the message.
[[nodiscard]] Result<void> read_json(TextCursor& cursor, const std::string& name, JsonListener& listener);

}  // namespace umb
