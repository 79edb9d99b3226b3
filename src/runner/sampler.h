// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "model/sample.h"
#include "scenario/scenario.h"

#include <cstdint>

namespace umb {

/// What reading the side columns costs by itself, to be taken off.
struct SamplerCosts {
  int64_t thread_cpu_ns = 0;
};
/// Some ms.
[[nodiscard]] SamplerCosts measure_sampler_costs();

struct SamplerOptions {
  bool settle = false;  ///< pause uniformly over 0 to 20 ms between prepare() and the stopwatch
  SamplerCosts costs;
};

/// One sample: prepare, settle, CPU time and switches, **start, call, stop**, switches and CPU time, conclude. An error
/// is trouble around the call; that the call itself failed is an outcome, in the sample.
[[nodiscard]] Result<Sample> take_sample(Scenario& scenario, bool watched, const SamplerOptions& options,
                                         Random& random);

}  // namespace umb
