// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/load_notes.h"
#include "result/reader.h"
#include "result/text_cursor.h"

#include <string>

namespace umb {

/// The record of a journal (journal.h), up to its first line that is incomplete or damaged; everything from there on is
/// left out with the warning "journal_cut". The run is marked interrupted, and a case without samples skipped, unless
/// the journal says what became of it. An error when not even the first line is whole, or when a whole line makes no
/// sense.
[[nodiscard]] Result<RunRecord> read_journal(TextCursor& cursor, const std::string& name, const LoadOptions& options,
                                             LoadNotes& notes);

}  // namespace umb
