// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/attribution.h"
#include "model/sample.h"
#include "trace/sleep_watch.h"

#include <string>
#include <vector>

namespace umb {

/// The coarse split, an estimate. Of each sample's wall time "on_cpu" is the CPU time that was measured; the rest of it
/// was waiting, and goes to the causes seen in the looks that fell into the sample, by their number. Where no look
/// found it asleep the waiting is "unknown"; where no CPU time was measured the looks decide about all of it. `looks`
/// are in order of time. Samples that failed or were watched are dropped.
[[nodiscard]] Attribution coarse_account(const std::string& case_id, const std::vector<Sample>& samples,
                                         const std::vector<SleepLook>& looks);

}  // namespace umb
