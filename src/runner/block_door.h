// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace umb {

/// Runs one block of samples under Google Benchmark, the only place that knows the library: manual time, a fixed number
/// of iterations, no report of its own (the samples themselves are kept by the caller). `take` takes one sample and
/// returns its time in ns, or nothing to end the block early. Some 4 us a block. Errors: what the library could not do.
[[nodiscard]] Result<void> run_block_by_benchmark(const std::string& name, int64_t count,
                                                  const std::function<std::optional<int64_t>()>& take);

/// Version of the library at run time, where it says.
[[nodiscard]] std::string benchmark_version();

}  // namespace umb
