// SPDX-License-Identifier: Apache-2.0
// For a step summary on GitHub and a comment on a merge request: always under 64 KiB, the limit of such a comment.
// The first rows of a table are open, the others folded; what does not fit is left out, and counted.
#pragma once

#include "render/comparison_view.h"
#include "render/explain_view.h"
#include "render/run_view.h"

#include <string>

namespace umb {

[[nodiscard]] std::string markdown_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string markdown_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string markdown_explanation(const ExplainView& view, const RenderOptions& options);

}  // namespace umb
