// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/comparison_view.h"
#include "render/page.h"

namespace umb {

/// The figures and verdicts of one candidate's cases, each with its words and notes below.
void add_comparison_table(const ComparisonView& view, const Pair& pair, const RenderOptions& options, Page& page);

}  // namespace umb
