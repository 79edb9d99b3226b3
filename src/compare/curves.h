// SPDX-License-Identifier: Apache-2.0
// What a case's samples look like, as few points as a picture needs whatever the number of samples.
#pragma once

#include "model/curves.h"
#include "model/record.h"
#include "stats/order_interval.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace umb {

struct SampleRows;

/// Which of `count` ascending values stand for all of them: at most `most` (at least 8), ascending, the first and last
/// ones among them. Every value of both tails as far as a quarter of the points goes (more of the upper one, which is
/// what umounts are feared for), the others evenly.
[[nodiscard]] std::vector<size_t> thinned(size_t count, size_t most);

/// Of one case of the record; at most `most` points a curve. Never fails.
[[nodiscard]] std::shared_ptr<const CaseCurves> curves_of(const RunRecord& record, const CaseRecord& one,
                                                          const SampleRows& rows, size_t most);

/// The distribution over several boots, each counting the same whatever its number of samples.
[[nodiscard]] std::vector<CurvePoint> pooled(const std::vector<std::span<const CurvePoint>>& boots, size_t most);

/// The value at or below which a share lies; 0 for no points.
[[nodiscard]] double value_at_share(std::span<const CurvePoint> curve, double share);

/// What a strip of boots shows beside the boots themselves.
struct Strip {
  double median = 0;
  std::optional<Interval> interval;  ///< 95%, from 6 values on
};
[[nodiscard]] Strip strip_of(std::vector<double> values);

}  // namespace umb
