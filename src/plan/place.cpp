// SPDX-License-Identifier: Apache-2.0
#include "plan/place.h"

#include "base/text.h"

namespace umb {

namespace {

constexpr size_t kShownBytes = 60;
constexpr size_t kPointerBytes = 160;

}  // namespace

std::string_view clipped(std::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  return text.substr(0, limit);
}

std::string shown(std::string_view text) {
  const std::string_view start = clipped(text, kShownBytes);
  return "'" + printable(start) + (start.size() < text.size() ? "…'" : "'");
}

std::string config_named(std::string_view file) {
  return "config " + quoted(file);
}

ConfigPlace ConfigPlace::key(std::string_view name) const {
  ConfigPlace deeper{file, pointer + '/'};
  for (const char c : clipped(name, kPointerBytes)) {
    if (c == '~') {
      deeper.pointer += "~0";
    } else if (c == '/') {
      deeper.pointer += "~1";
    } else {
      deeper.pointer += c;
    }
  }
  return deeper;
}

ConfigPlace ConfigPlace::item(size_t index) const {
  return {file, pointer + '/' + std::to_string(index)};
}

Failure ConfigPlace::error(std::string why, std::string hint) const {
  std::string what = config_named(file);
  if (!pointer.empty()) what += ": " + printable(pointer);
  return fail_usage(std::move(what), std::move(why), std::move(hint));
}

Failure ConfigPlace::error(Error error) const {
  return this->error(error.text(), std::move(error.hint));
}

}  // namespace umb
