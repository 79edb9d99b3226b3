// SPDX-License-Identifier: Apache-2.0
// What the formats for people say of a history.
#pragma once

#include "compare/history.h"

#include <cstddef>
#include <string>
#include <vector>

namespace umb {

/// In how many cases something has changed.
[[nodiscard]] std::string history_headline(const History& history);
/// What the values are, and of which builds.
[[nodiscard]] std::string history_subject(const History& history);
/// What a change point is.
[[nodiscard]] std::string history_method(const History& history);

/// Those whose level changed first, then those with other changes; else in their order.
[[nodiscard]] std::vector<const HistorySeries*> history_by_rank(const History& history);

/// A letter for each `fold` builds in a row, by the highest of them, from the least to the most; "·" without any.
[[nodiscard]] std::string history_letters(const HistorySeries& series, size_t fold, bool unicode);

/// Values in words.
struct HistoryExtremes {
  std::string least, most, newest;
};
[[nodiscard]] HistoryExtremes history_extremes(const HistorySeries& series);

/// "▲" where it is worse, "▼" where better, "◆" where it is neither, or not judged; without Unicode "+", "-" and "*".
[[nodiscard]] std::string history_sign(const HistorySeries& series, const HistoryChange& change, bool unicode);

}  // namespace umb
