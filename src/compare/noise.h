// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "model/noise_profile.h"

#include <string>
#include <vector>

namespace umb {

/// How much each case's quantiles differ between these boots. kUsage for fewer than kFewestNoiseBoots boots, or when
/// they differ in kernel, plan or machine: that is not noise. `made_at` and `source` are the caller's.
[[nodiscard]] Result<NoiseProfile> noise_profile(const std::vector<BootDigest>& boots);

/// Why a profile doesn't fit the boots of a comparison, in sentences; empty: it does.
[[nodiscard]] std::vector<std::string> noise_mismatch(const NoiseProfile& profile,
                                                      const std::vector<BootDigest>& boots);

}  // namespace umb
