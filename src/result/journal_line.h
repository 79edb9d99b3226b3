// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "result/text_cursor.h"

#include <string>
#include <string_view>

namespace umb {

/// "LENGTH CRC32 JSON\n".
[[nodiscard]] std::string journal_line(std::string_view json);

/// Reads the JSON of the next line. Empty when the line is incomplete or damaged, or longer than 64 MiB:
/// `what_is_wrong` says which. Not to be called at the end.
[[nodiscard]] std::string read_journal_line(TextCursor& cursor, std::string& what_is_wrong);

}  // namespace umb
