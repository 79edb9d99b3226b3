// SPDX-License-Identifier: Apache-2.0
// The tables of an explained case, alike in every format.
#pragma once

#include "compare/explained.h"
#include "render/text_table.h"

#include <string>
#include <vector>

namespace umb {

/// Cells are raw texts; no rows: nothing to show.
struct ExplainTable {
  std::vector<TableColumn> columns;
  std::vector<std::vector<std::string>> rows;
};

/// A bar a cause, per cent and time a call.
[[nodiscard]] ExplainTable causes_table(const Explained& explained, bool unicode);
/// What was waited in, and how often.
[[nodiscard]] ExplainTable waits_table(const Explained& explained);
/// The mount-related system calls.
[[nodiscard]] ExplainTable calls_table(const Explained& explained);

}  // namespace umb
