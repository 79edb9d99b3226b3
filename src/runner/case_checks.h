// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/record.h"

#include <cstddef>

namespace umb {

/// What the second clock saw of a case, over all rounds, warm-up apart.
struct ReleaseTally {
  size_t looked = 0;
  size_t not_released = 0;  ///< still held when the limit was over
};

/// Adds the checks of a measured case: "call" (the call never failed) and, where the second clock was read, "released".
/// A case of which every sample failed becomes a failed one.
void judge_case(CaseRecord& record, const ReleaseTally& tally, int64_t release_limit_ns);

}  // namespace umb
