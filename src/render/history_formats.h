// SPDX-License-Identifier: Apache-2.0
// A case over builds.
#pragma once

#include "compare/history.h"
#include "render/run_view.h"

#include <string>

namespace umb {

/// What changed first, then a case a block: a letter a build for its level, and its changes in words.
[[nodiscard]] std::string terminal_history(const History& history, const RenderOptions& options);
/// The same as a table, a case a row, under 64 KiB.
[[nodiscard]] std::string markdown_history(const History& history, const RenderOptions& options);
/// Every value and change, unrounded.
[[nodiscard]] std::string json_history(const History& history, const RenderOptions& options);
/// A row a build, case and setting; an empty cell is "not there".
[[nodiscard]] std::string csv_history(const History& history, const RenderOptions& options);
/// A row a build in the order of the builds; a case that one of them lacks is left out, for Otava takes no empty cell.
[[nodiscard]] std::string otava_history(const History& history, const RenderOptions& options);

}  // namespace umb
