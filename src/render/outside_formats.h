// SPDX-License-Identifier: Apache-2.0
// The formats of other projects, each in the file of its name: ktap.cpp, kcidb.cpp, … docs/formats.md has, per format,
// what is in it, which reader takes it and the ids that it wants. Names of cases: outside_names.h.
#pragma once

#include "render/comparison_view.h"
#include "render/run_view.h"

#include <string>

namespace umb {

[[nodiscard]] std::string ktap_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string ktap_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string kcidb_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string kcidb_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string lava_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string lava_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string tmt_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string tmt_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string lkp_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string lkp_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string google_benchmark_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string google_benchmark_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string github_action_benchmark_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string github_action_benchmark_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string bencher_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string bencher_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string benchstat_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string benchstat_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string hyperfine_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string hyperfine_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string otava_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string otava_comparison(const ComparisonView& view, const RenderOptions& options);
[[nodiscard]] std::string openmetrics_run(RunViews runs, const RenderOptions& options);
[[nodiscard]] std::string openmetrics_comparison(const ComparisonView& view, const RenderOptions& options);

}  // namespace umb
