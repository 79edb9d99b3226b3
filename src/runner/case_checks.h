// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/check_tally.h"
#include "model/record.h"

#include <cstddef>
#include <vector>

namespace umb {

/// What was looked at in a case, over all rounds; of the warm-up only the checks.
struct CaseTally {
  size_t looked = 0;
  size_t not_released = 0;         ///< still held when the limit was over
  std::vector<CheckTally> checks;  ///< the scenario's own
};

/// Adds the checks of a measured case: "call" (the call never failed) and, where the second clock was read, "released";
/// then the scenario's own. A case of which every sample failed becomes a failed one.
void judge_case(CaseRecord& record, const CaseTally& tally, int64_t release_limit_ns);

}  // namespace umb
