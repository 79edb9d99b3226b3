// SPDX-License-Identifier: Apache-2.0
// Made-up attributions, with figures like those of real machines.
#pragma once

#include "model/attribution.h"

#include <string>

namespace umb {

/// A tmpfs on a kernel with PREEMPT_RT as booted: 13.8 ms a call, of which 13.7 ms one normal grace period.
[[nodiscard]] Attribution traced_attribution(const std::string& case_id);

/// The same without a grace period of its own: 0.1 ms, and one handed to a worker.
[[nodiscard]] Attribution deferring_attribution(const std::string& case_id);

/// A machine that can't trace: running 0.05 ms, else asleep for 8 ms.
[[nodiscard]] Attribution coarse_attribution(const std::string& case_id);

/// `samples` calls with so many waits each, as a traced pass tells them.
[[nodiscard]] Attribution counted_attribution(const std::string& case_id, int64_t waits, int64_t deferred,
                                              size_t samples = 20);

}  // namespace umb
