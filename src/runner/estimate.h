// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/plan.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace umb {

/// A case of which one execution takes longer than this is long: it runs once a round without a warm-up, and only where
/// the plan wants such cases.
inline constexpr int64_t kLongSampleNs = 10'000'000'000;
[[nodiscard]] bool is_long(const Plan& plan, const Case& spec);
/// How long one execution takes, roughly, without settling, in the RCU mode that the case has on the plan's machine.
[[nodiscard]] int64_t sample_guess_ns(const Plan& plan, const Case& spec);

/// How long the cases `runnable` (indices into the plan) will take, all rounds together, without repeats of disturbed
/// ones; meant to hold within a factor of 1.5.
[[nodiscard]] int64_t estimate_plan_ns(const Plan& plan, const std::vector<size_t>& runnable);

/// The same for the second pass over them (explain_pass.h).
[[nodiscard]] int64_t estimate_explain_ns(const Plan& plan, const std::vector<size_t>& runnable);

}  // namespace umb
