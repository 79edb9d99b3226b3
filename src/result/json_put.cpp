// SPDX-License-Identifier: Apache-2.0
#include "result/json_put.h"

#include <cmath>

namespace umb {

namespace {

struct PutFact {
  JsonStream& out;
  void operator()(std::monostate) const { out.null(); }
  void operator()(bool value) const { out.boolean(value); }
  void operator()(int64_t value) const { out.integer(value); }
  void operator()(double value) const { out.real(value); }
  void operator()(const std::string& value) const { out.text(value); }
  void operator()(const std::vector<std::string>& values) const {
    out.begin_array(JsonStream::kInline);
    for (const std::string& value : values) out.text(value);
    out.end_array();
  }
};

}  // namespace

void put_text(JsonStream& out, std::string_view key, const std::string& value) {
  out.key(key);
  out.text(value);
}

void put_text_or_null(JsonStream& out, std::string_view key, const std::string& value) {
  if (!value.empty()) return put_text(out, key, value);
  out.key(key);
  out.null();
}

void put_text_if_any(JsonStream& out, std::string_view key, const std::string& value) {
  if (!value.empty()) put_text(out, key, value);
}

void put_integer(JsonStream& out, std::string_view key, int64_t value) {
  out.key(key);
  out.integer(value);
}

void put_boolean(JsonStream& out, std::string_view key, bool value) {
  out.key(key);
  out.boolean(value);
}

void put_share(JsonStream& out, std::string_view key, const std::optional<double>& value) {
  out.key(key);
  value ? out.real(*value) : out.null();
}

void put_texts(JsonStream& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key);
  PutFact{out}(texts);
}

void put_facts(JsonStream& out, std::string_view key, const Facts& facts, JsonStream::Wrapping wrapping) {
  out.key(key);
  out.begin_object(wrapping);
  for (const Fact& fact : facts) {
    out.key(fact.key);
    std::visit(PutFact{out}, fact.value);
  }
  out.end_object();
}

void put_number(JsonStream& out, double value) {
  constexpr double kExactBelow = 9'007'199'254'740'992;  // 2^53
  const bool whole = value == std::trunc(value) && std::fabs(value) < kExactBelow;
  const bool minus_zero = value == 0 && std::signbit(value);
  if (whole && !minus_zero) return out.integer(static_cast<int64_t>(value));
  out.real(value);
}

void put_numbers(JsonStream& out, std::string_view key, const std::vector<double>& values) {
  out.key(key);
  out.begin_array(JsonStream::kInline);
  for (const double value : values) put_number(out, value);
  out.end_array();
}

}  // namespace umb
