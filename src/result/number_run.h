// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/json_events.h"
#include "result/text_cursor.h"

#include <cstdint>

namespace umb {

/// The short cut for long columns. The cursor stands behind an array's '[' or behind a comma in it: takes values of the
/// sink's kind, each with the comma behind it, for as long as another value follows at once. So at least one value is
/// always left, and the parser goes on from there as if the array began with it. Stops, without an error, at anything
/// that is not plain: the parser then says what it is. Returns how many values were taken.
[[nodiscard]] Result<uint64_t> read_number_run(TextCursor& cursor, ColumnSink& sink);

}  // namespace umb
