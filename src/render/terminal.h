// SPDX-License-Identifier: Apache-2.0
// Tables for people. Names from files are made printable.
#pragma once

#include "render/comparison_view.h"
#include "render/explain_view.h"
#include "render/run_view.h"

#include <string>

namespace umb {

/// Each run in this order: warnings, machine, the cases' figures, skipped and failed cases, what the figures mean, the
/// phases. docs/reading-a-result.md tells every column. Where the table is wider than options.width, what all cases
/// have in common goes above it; where that is not enough, each case gets two lines. Several runs get their names as
/// headings.
[[nodiscard]] std::string terminal_run(RunViews runs, const RenderOptions& options);

/// The verdict in words, warnings, the sides, then for each candidate its cases (worst first), then how it was judged.
/// It fits into options.width as a run does.
[[nodiscard]] std::string terminal_comparison(const ComparisonView& view, const RenderOptions& options);

/// Per case the verdict in words, a bar a cause, the waits, the mount-related calls, the slowest samples, and what
/// holds for all of it. docs/explain.md tells how to read it.
[[nodiscard]] std::string terminal_explanation(const ExplainView& view, const RenderOptions& options);

}  // namespace umb
