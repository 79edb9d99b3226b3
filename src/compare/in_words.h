// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/summary.h"

#include <string>
#include <vector>

namespace umb {

// Sentences about a run, one or two a line, the same in every format. `summaries` as summarise_all() gives them. Names
// come as they stand in the record: the format makes them printable.

/// What makes the figures less certain, to be read before them: interrupted, disturbed rounds and what was left out for
/// them, a machine that changed, medians that are known only roughly.
[[nodiscard]] std::vector<std::string> cautions(const RunRecord& record, const std::vector<CaseSummary>& summaries);

/// What the figures mean where that can be said: what failed, what RCU explains, what an exec figure is made of, why a
/// release is missing or late, what is not counted.
[[nodiscard]] std::vector<std::string> in_words(const RunRecord& record, const std::vector<CaseSummary>& summaries);

}  // namespace umb
