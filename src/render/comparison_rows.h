// SPDX-License-Identifier: Apache-2.0
// Which rows and quantiles of a comparison a format for people shows, and in which order.
#pragma once

#include "render/comparison_view.h"

#include <cstddef>
#include <string>
#include <vector>

namespace umb {

/// The quantile that the row's verdict is of: a gated one with that verdict, else a gated one, else p50. Null when
/// there is none at all.
[[nodiscard]] const QuantileResult* deciding_quantile(const Row& row);

/// The deciding one first, then the other gated ones, then those explored: all of them, or only what stands out.
[[nodiscard]] std::vector<const QuantileResult*> shown_quantiles(const Row& row, const ComparisonView& view);

/// An explored quantile that a reader should see although it fails nothing.
[[nodiscard]] bool stands_out(const QuantileResult& result, double alpha);

/// Worst first: what fails, slower, incomparable, inconclusive, faster, same; else in the pair's order.
[[nodiscard]] std::vector<const Row*> worst_first(const Pair& pair);

struct ShownRows {
  std::vector<const Row*> rows;  ///< worst first
  size_t folded = 0;             ///< plain `same` ones that are left out
};
[[nodiscard]] ShownRows shown_rows(const Pair& pair, const ComparisonView& view);

/// "27 of 28 cases the same within 5%"; "" when none is folded.
[[nodiscard]] std::string folded_line(const Pair& pair, const ShownRows& shown);

/// "only in A: umount/fs=xfs (skipped in B: mkfs.xfs is not installed)"
struct Unmatched {
  std::string id;
  size_t has = 0;       ///< the side that has it, of Comparison::sides
  size_t lacks = 0;     ///< the side that has not
  std::string outcome;  ///< there: "skipped", "failed" or, where its plan does not have it, ""
  std::string reason;
};
[[nodiscard]] std::vector<Unmatched> unmatched_cases(const Comparison& comparison, const Pair& pair);
[[nodiscard]] std::string unmatched_text(const Unmatched& one);

}  // namespace umb
