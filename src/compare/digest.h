// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/digest.h"
#include "model/record.h"

#include <string>
#include <vector>

namespace umb {

struct DigestOptions {
  std::vector<std::string> metrics{"return_ns", "released_ns"};  ///< those that a case has
  std::vector<double> quantiles;                                 ///< beside the usual ones, 0.5, 0.9, 0.95 and 0.99
  bool grid = false;
  bool by_round = true;     ///< the rounds of a run too
  bool zeros = false;       ///< quantiles that are not above 0 too: nobody will ask for a ratio of them
  size_t curve_points = 0;  ///< the most points of a curve for pictures; 0: no curves
};

/// What a comparison needs of a run. Failed samples, the warm-up and, while there are others, disturbed rounds are left
/// out; return_ns leaves watched samples out, released_ns does not. `source` names the file. Never fails.
[[nodiscard]] BootDigest digest(const RunRecord& record, const PlanFacts& plan, const std::string& source,
                                const DigestOptions& options = {});

}  // namespace umb
