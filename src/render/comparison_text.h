// SPDX-License-Identifier: Apache-2.0
// Words and figures of a comparison as people read them, the same in every format. Nothing here is printable yet.
#pragma once

#include "compare/comparison.h"
#include "render/figures.h"

#include <optional>
#include <string>
#include <vector>

namespace umb {

/// "▲ slower", "▼ faster", "= same", "? inconclusive", "! incomparable"; + and - instead of triangles in ASCII.
[[nodiscard]] std::string verdict_text(Verdict verdict, bool unicode);
/// The row's verdict with its marks; a row that fails the run for something else begins with that: "✗ fails (same)".
[[nodiscard]] std::string verdict_text(const Row& row, bool unicode);

/// "5%", "2.5%" of a share.
[[nodiscard]] std::string share_text(std::optional<double> share);
/// "0.05" of a level.
[[nodiscard]] std::string level_text(double level);
/// "1.124 [1.090, 1.158]"; without an interval the ratio alone; "-" for nothing.
[[nodiscard]] std::string ratio_text(const QuantileResult& result);
/// "p 0.0012" (gated), "q 0.0340" (exploratory), "p <0.0001"; "-" for nothing.
[[nodiscard]] std::string adjusted_text(const QuantileResult& result);

/// "p50 36.1 us (A), 40.4 us (B): B/A 1.124 [1.090, 1.158], p 0.00466": a row's judged figures in one line of ASCII.
[[nodiscard]] std::string figures_text(const Row& row, const QuantileResult& result, const std::string& letter);

/// Its words and notes, each once.
[[nodiscard]] std::vector<std::string> sentences(const Row& row);

/// "A" for the baseline, then "B", "C", …; from the 27th on "S27".
[[nodiscard]] std::string side_letter(size_t index);
/// "7 boots", "1 round"
[[nodiscard]] std::string counted(size_t count, const std::string& one);

/// One unit for all figures of the rows: a fitting one for times, else the metric's own.
[[nodiscard]] TimeUnit figure_unit(const std::vector<const Row*>& rows);
/// "return in us", "voluntary_switches"
[[nodiscard]] std::string metric_title(const std::string& metric, const std::string& unit);

/// "C (6.12.1) against A (6.6.1)" and what holds for the whole pair: paired, across sessions, its own threshold.
[[nodiscard]] std::string pair_title(const Comparison& comparison, const Pair& pair);

}  // namespace umb
