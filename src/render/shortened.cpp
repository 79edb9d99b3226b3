// SPDX-License-Identifier: Apache-2.0
#include "render/shortened.h"

#include "base/text.h"

namespace umb {

namespace {

constexpr size_t kLongestText = 400;

/// At most kLongestText bytes of it, cut between two letters.
std::string_view start_of(std::string_view text) {
  if (text.size() <= kLongestText) return text;
  size_t length = kLongestText;
  while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  return text.substr(0, length);
}

}  // namespace

std::string shortened(std::string_view text) {
  // Cut before that too, or all of it would be looked at.
  const std::string safe = printable(start_of(text));
  const std::string_view start = start_of(safe);
  const bool whole = text.size() <= kLongestText && start.size() == safe.size();
  return std::string(start) + (whole ? "" : " …");
}

}  // namespace umb
