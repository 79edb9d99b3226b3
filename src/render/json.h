// SPDX-License-Identifier: Apache-2.0
// For scripts: every figure, unrounded. What is not there, and what is no number, is null. docs/formats.md names the
// keys of a run's summary, docs/comparison.schema.json describes a comparison.
#pragma once

#include "render/comparison_view.h"
#include "render/run_view.h"

#include <string>

namespace umb {

[[nodiscard]] std::string json_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string json_comparison(const ComparisonView& view, const RenderOptions& options);

}  // namespace umb
