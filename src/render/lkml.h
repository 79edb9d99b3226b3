// SPDX-License-Identifier: Apache-2.0
// For a mailing list or a commit message: plain ASCII of at most 75 columns, whatever the options say, to be pasted as
// it is.
#pragma once

#include "render/comparison_view.h"
#include "render/run_view.h"

#include <string>

namespace umb {

[[nodiscard]] std::string lkml_run(RunViews runs, const RenderOptions& options);
/// The verdict, the sides, N, p50, p95, p99, max and the ratio of each case, how it was judged, how to do it again.
[[nodiscard]] std::string lkml_comparison(const ComparisonView& view, const RenderOptions& options);

}  // namespace umb
