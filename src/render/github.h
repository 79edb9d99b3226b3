// SPDX-License-Identifier: Apache-2.0
// For GitHub Actions: workflow commands that become annotations of the check.
#pragma once

#include "render/comparison_view.h"
#include "render/run_view.h"

#include <string>

namespace umb {

/// The verdict, then errors (what fails), warnings (incomparable, slower where nothing fails, what makes it doubtful),
/// notices (inconclusive, faster). GitHub shows ten of a kind and no more: the last then counts those left out.
[[nodiscard]] std::string github_comparison(const ComparisonView& view, const RenderOptions& options);

}  // namespace umb
