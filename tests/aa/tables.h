// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trials.h"

#include <string>
#include <vector>

namespace umb::aa {

/// What was counted, as plain text tables that say how they were made.
[[nodiscard]] std::string tables(const std::vector<Set>& sets, const TrialOptions& options, const Tally& tally,
                                 const std::string& metric);

/// Pairs of groups of that size that share no boot, over all series: what an interval may be computed from.
[[nodiscard]] size_t disjoint_pairs(const std::vector<Set>& sets, size_t size);

}  // namespace umb::aa
