// SPDX-License-Identifier: Apache-2.0
// For CI servers (GitLab, Jenkins, test reporters): JUnit XML that junit-10.xsd takes. A case's name is its id as it
// is, so that two cases never become one.
#pragma once

#include "render/comparison_view.h"
#include "render/run_view.h"

#include <string>

namespace umb {

/// A suite a run: a failed check is a failure, a failed case an error, a skipped one skipped.
[[nodiscard]] std::string junit_run(RunViews runs, const RenderOptions& options);
/// A suite a candidate: what fails the run is a failure (type "regression" where it is slower), what is incomparable or
/// could not be measured an error, what one side lacks skipped; all else passes, its figures in system-out.
[[nodiscard]] std::string junit_comparison(const ComparisonView& view, const RenderOptions& options);

}  // namespace umb
