// SPDX-License-Identifier: Apache-2.0
// For formats that hand on every sample, or what other programs make of them.
#pragma once

#include "model/record.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace umb {

/// The samples that a case's summary counts, in the order in which they were taken.
struct CountedSamples {
  std::vector<int64_t> return_ns;
  std::vector<int64_t> thread_cpu_ns;  ///< one each; kMissing where it is not known
};
[[nodiscard]] CountedSamples counted_samples(const CaseRecord& record, const std::vector<Round>& rounds);

/// What most benchmark programs say of values. For no verdict: a mean says little of umounts.
struct PlainFigures {
  double mean = 0, median = 0, minimum = 0, maximum = 0;
  std::optional<double> deviation;  ///< by n-1; from two values on
};
/// Nothing for no values.
[[nodiscard]] std::optional<PlainFigures> plain_figures(std::span<const double> values);

}  // namespace umb
