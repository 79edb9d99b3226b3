// SPDX-License-Identifier: Apache-2.0
// From units to rows and from rows to verdicts. Inside compare/ only.
#pragma once

#include "compare/compare.h"
#include "compare/judge.h"
#include "compare/row_builder.h"
#include "compare/units.h"

#include <memory>
#include <vector>

namespace umb {

/// One quantile of one row on its way to a verdict: p values of all rows are adjusted together.
struct Pending {
  size_t pair, row, quantile;  ///< indices into the comparison
  Values values;
  JudgeInput input;  ///< its spans are into `values`
  Judged judged;
};

/// Fills a pair's rows but for what needs p values of other rows, and adds to `pending` what can be judged. `units`
/// must outlive nothing: all that is needed is copied.
void add_rows(const Comparison& comparison, const CompareOptions& options, const Units& units, size_t pair_index,
              Pair& pair, std::vector<std::unique_ptr<Pending>>& pending);

/// Adjusts the p values, Holm over the gate family and Benjamini-Hochberg over the rest, and writes the rows' verdicts,
/// words and notes.
void settle(const CompareOptions& options, const std::vector<std::unique_ptr<Pending>>& pending,
            Comparison& comparison);

/// Of all rows that are there, the worst first: one gated row that is open keeps the rest from being called the same.
/// kIncomparable where every row is, and kInconclusive where nothing is gated.
[[nodiscard]] Verdict overall(const Comparison& comparison);

}  // namespace umb
