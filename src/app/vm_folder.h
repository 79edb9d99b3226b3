// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/vm_plan.h"
#include "base/result.h"

#include <string>

namespace umb {

/// Whether the results of a matrix can go to that folder, or it can be made (its parent must be there): asked before
/// anything else is done, and nothing is made yet. kUsage.
[[nodiscard]] Result<void> check_results_folder(const std::string& folder);

/// Makes the folder if it is missing, and puts "matrix.jsonl" there: what `vm plan` prints of the whole matrix. One
/// that is there must be of the same matrix, plan and seed, so that parts of one run on several machines can lie in one
/// folder; results of this part in it are refused unless `resume`. kUsage.
[[nodiscard]] Result<void> begin_matrix(const std::string& folder, const VmPlan& plan, bool resume);

}  // namespace umb
