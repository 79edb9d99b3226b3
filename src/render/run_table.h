// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/run_view.h"

#include <string>

namespace umb {

/// A run as a table for people, in this order: warnings, machine, the cases' figures, skipped and failed cases, what
/// the figures mean, the phases. docs/reading-a-result.md tells every column. Names from the record are made printable.
/// Where the table is wider than options.width, what all cases have in common goes above it; where that is not enough,
/// each case gets two lines.
[[nodiscard]] std::string render_run(const RunView& view, const RenderOptions& options);

}  // namespace umb
