// SPDX-License-Identifier: Apache-2.0
// One file under 3 MB that needs nothing else: no network, no script. Light and dark as the reader's system is; where
// a policy blocks its styles, as Jenkins does, the tables and pictures are still tables and pictures.
#pragma once

#include "render/comparison_view.h"
#include "render/explain_view.h"
#include "render/run_view.h"

#include <string>

namespace umb {

[[nodiscard]] std::string html_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string html_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string html_explanation(const ExplainView& view, const RenderOptions& options);

}  // namespace umb
