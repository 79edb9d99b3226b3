// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace umb {

/// A place in a config file: its name and a JSON pointer (RFC 6901), empty for the whole document.
struct ConfigPlace {
  std::string file;
  std::string pointer;

  [[nodiscard]] ConfigPlace key(std::string_view name) const;
  [[nodiscard]] ConfigPlace item(size_t index) const;
  /// A kUsage error "config 'FILE': POINTER: WHY".
  [[nodiscard]] Failure error(std::string why, std::string hint = {}) const;
  /// The same error (of a parser that knows nothing of files) at this place.
  [[nodiscard]] Failure error(Error error) const;
};

/// "config 'FILE'".
[[nodiscard]] std::string config_named(std::string_view file);
/// `text` printable, in quotes and of at most some 60 characters, since nobody reads a message of a megabyte.
[[nodiscard]] std::string shown(std::string_view text);
/// At most the first `limit` bytes, never half a character.
[[nodiscard]] std::string_view clipped(std::string_view text, size_t limit);

}  // namespace umb
