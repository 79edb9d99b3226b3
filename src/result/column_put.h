// SPDX-License-Identifier: Apache-2.0
// A column of samples as JSON. Inside result/ only.
#pragma once

#include "model/sample.h"
#include "result/json_stream.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace umb {

inline void put_value(JsonStream& out, int64_t value) {
  value == kMissing ? out.null() : out.integer(value);
}
inline void put_value(JsonStream& out, int32_t value) {
  out.integer(value);
}
inline void put_value(JsonStream& out, uint32_t value) {
  out.integer(value);
}
inline void put_value(JsonStream& out, uint8_t value) {
  out.boolean(value != 0);
}

enum class Single { kWhereConstant, kNever };

/// An array, or the one value that all of them have.
template <typename T>
void put_column(JsonStream& out, std::string_view name, const std::vector<T>& values,
                Single single = Single::kWhereConstant) {
  out.key(name);
  const bool constant = !values.empty() && std::ranges::all_of(values, [&](T value) { return value == values[0]; });
  if (constant && single == Single::kWhereConstant) return put_value(out, values[0]);
  out.begin_array(JsonStream::kInline);
  for (const T value : values) put_value(out, value);
  out.end_array();
}

}  // namespace umb
