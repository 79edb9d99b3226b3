// SPDX-License-Identifier: Apache-2.0
#include "result/json_events.h"

#include "base/text.h"
#include "result/number_run.h"

#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

namespace umb {

namespace {

struct Reading {
  TextCursor& cursor;
  bool end_seen = false;  ///< the lexer has asked for more than there is
};

/// What nlohmann's lexer reads from: one byte after the other, off the same cursor that read_number_run() moves on.
class CursorIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  CursorIterator() = default;
  explicit CursorIterator(Reading& reading) : reading_(&reading) {}
  char operator*() const { return reading_->cursor.peek(); }
  CursorIterator& operator++() {
    reading_->cursor.advance();
    return *this;
  }
  void operator++(int) { reading_->cursor.advance(); }
  bool operator==(const CursorIterator& other) const { return ended() == other.ended(); }

 private:
  [[nodiscard]] bool ended() const {
    if (reading_ == nullptr) return true;
    if (reading_->cursor.at_end()) reading_->end_seen = true;
    return reading_->end_seen;
  }
  Reading* reading_ = nullptr;
};

/// "syntax error while parsing value - invalid literal; last read: '...'" without the part that repeats the input.
std::string reason_of(std::string_view message) {
  const size_t start = message.find(" - ");
  if (start != std::string_view::npos) {
    message.remove_prefix(start + 3);
  } else if (message.starts_with("[json.exception.")) {
    message.remove_prefix(std::min(message.find("] "), message.size() - 2) + 2);
  }
  return std::string(message.substr(0, message.find("; last read: '")));
}

/// nlohmann's events, with the path kept.
class Events {
 public:
  Events(TextCursor& cursor, JsonListener& listener) : cursor_(cursor), listener_(listener) {}

  bool null() { return scalar({}); }
  bool boolean(bool value) { return scalar({value, 0}); }
  bool number_integer(int64_t value) { return scalar({value, 0}); }
  bool number_unsigned(uint64_t value) {
    if (value > INT64_MAX) return scalar({value, 0});
    return scalar({static_cast<int64_t>(value), 0});
  }
  bool number_float(double value, const std::string& digits) {
    const bool whole = digits.find_first_of(".eE") == std::string::npos;
    if (whole) return fails(fail_usage("a whole number beyond 64 bits").value());
    return scalar({value, 0});
  }
  bool string(std::string& value) { return scalar({std::move(value), 0}); }
  bool binary(const nlohmann::json::binary_t& /*value*/) { return false; }

  bool start_object(size_t /*size*/) {
    if (!told(listener_.begin_object(path_, cursor_.line())) || !deeper()) return false;
    path_.emplace_back();
    return true;
  }
  bool key(std::string& name) {
    cursor_.mark();
    path_.back().key = std::move(name);
    return true;
  }
  bool end_object() { return end(); }

  bool start_array(size_t /*size*/) {
    Result<ColumnSink*> sink = listener_.begin_array(path_, cursor_.line());
    if (!sink.has_value()) return fails(sink.error());
    if (!deeper()) return false;
    path_.push_back({.is_index = true});
    if (*sink == nullptr) return true;
    const Result<uint64_t> taken = read_number_run(cursor_, **sink);
    if (!taken.has_value()) {
      path_.pop_back();
      return fails(taken.error());
    }
    path_.back().index = *taken;
    return true;
  }
  bool end_array() { return end(); }

  bool parse_error(size_t /*position*/, const std::string& /*token*/, const nlohmann::json::exception& error) {
    syntax_error_ = reason_of(error.what());
    return false;
  }

  [[nodiscard]] const JsonPath& path() const { return path_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] const std::string& syntax_error() const { return syntax_error_; }

 private:
  bool scalar(ResultNode node) {
    node.line = cursor_.line();
    return told(listener_.value(path_, std::move(node))) && value_done();
  }
  bool end() {
    path_.pop_back();
    return told(listener_.end(path_)) && value_done();
  }
  bool value_done() {
    cursor_.mark();
    if (!path_.empty() && path_.back().is_index) ++path_.back().index;
    return true;
  }
  bool deeper() {
    cursor_.mark();
    if (path_.size() < kMaxResultDepth) return true;
    return fails(fail_usage("nested deeper than " + std::to_string(kMaxResultDepth) + " levels").value());
  }
  bool told(const Result<void>& result) { return result.has_value() || fails(result.error()); }
  bool fails(const Error& error) {
    error_ = error;
    return false;
  }

  TextCursor& cursor_;
  JsonListener& listener_;
  JsonPath path_;
  std::optional<Error> error_;
  std::string syntax_error_;
};

Failure unreadable(const std::string& name, const std::string& place, Error error) {
  error.why = place + (place.empty() ? "" : ": ") + error.text();
  error.what = "cannot read " + umb::quoted(name);
  return Failure(std::move(error));
}

std::string line_of(const TextCursor& cursor) {
  return "line " + std::to_string(cursor.line());
}

}  // namespace

std::string json_pointer(const JsonPath& path) {
  std::string pointer;
  for (const JsonStep& step : path) {
    pointer += '/';
    if (step.is_index) {
      pointer += std::to_string(step.index);
      continue;
    }
    constexpr size_t kShownBytes = 64;
    for (const char c : std::string_view(step.key).substr(0, kShownBytes)) {
      if (c == '~') {
        pointer += "~0";
      } else if (c == '/') {
        pointer += "~1";
      } else {
        pointer += c;
      }
    }
    if (step.key.size() > kShownBytes) pointer += "...";
  }
  return pointer;
}

Result<void> read_json(TextCursor& cursor, const std::string& name, JsonListener& listener) {
  Events events(cursor, listener);
  Reading reading{cursor};
  const bool complete = nlohmann::json::sax_parse(CursorIterator(reading), CursorIterator(), &events);
  if (events.error()) {
    const std::string pointer = printable(json_pointer(events.path()));
    return unreadable(name, line_of(cursor) + (pointer.empty() ? "" : ", " + pointer), *events.error());
  }
  if (cursor.error()) return unreadable(name, line_of(cursor), *cursor.error());
  const std::string place = line_of(cursor) + ", byte " + std::to_string(cursor.byte());
  if (!complete && reading.end_seen)
    return unreadable(name, place, fail_usage("it ends in the middle of its JSON").value());
  if (!complete) return unreadable(name, place, fail_usage("not valid JSON", printable(events.syntax_error())).value());
  // The lexer takes a NUL byte for the end of the input.
  if (!cursor.at_end())
    return unreadable(name, place, fail_usage("not valid JSON", "something follows its end").value());
  return {};
}

}  // namespace umb
