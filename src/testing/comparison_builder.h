// SPDX-License-Identifier: Apache-2.0
// Made-up comparisons: figures that fit together, nothing computed from samples.
#pragma once

#include "compare/comparison.h"

#include <string>
#include <vector>

namespace umb {

/// A case of 7 boots a side with 300 samples each, judged at its gated p50; p90 and p99 are explored. The candidate is
/// `ratio` times the baseline.
[[nodiscard]] Row made_row(const std::string& id, Verdict verdict, double baseline_ns, double ratio,
                           const std::string& words);
/// The same with `units` boots a side: 2 or 3 are judged by Welch's t, 1 by nothing.
[[nodiscard]] Row with_units(Row row, size_t units);

/// "6.6.1" against "6.12.1", boots interleaved in one session.
[[nodiscard]] Comparison made_comparison(std::vector<Row> rows, const std::string& headline);

/// One of each kind that users meet, the same for every format.
[[nodiscard]] Comparison all_same();
[[nodiscard]] Comparison one_slower();
[[nodiscard]] Comparison all_inconclusive();
/// Faster, incomparable, a new errno that fails, moved, an explored quantile that stands out, Welch's p, two
/// candidates.
[[nodiscard]] Comparison mixed_verdicts();
[[nodiscard]] Comparison one_boot_a_side();
[[nodiscard]] Comparison across_sessions();
/// With more grace-period waits, fewer of them, and waits that moved; all of them the same by the clock.
[[nodiscard]] Comparison other_waits();
/// Every text that comes from a file or the command line is `evil`.
[[nodiscard]] Comparison hostile(const std::string& evil);
/// `count` slower cases with long ids and notes: more than a page.
[[nodiscard]] Comparison enormous(size_t count);

}  // namespace umb
