// SPDX-License-Identifier: Apache-2.0
// For spreadsheets and data frames: a header's line, then plain columns; an empty cell is "not there".
#pragma once

#include "render/comparison_view.h"
#include "render/run_view.h"

#include <string>

namespace umb {

/// One row a case and run.
[[nodiscard]] std::string csv_run(RunViews runs, const RenderOptions& options);
/// One row a candidate, case and quantile; a case without quantiles has one row too.
[[nodiscard]] std::string csv_comparison(const ComparisonView& view, const RenderOptions& options);

}  // namespace umb
