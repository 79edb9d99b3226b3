// SPDX-License-Identifier: Apache-2.0
#include "render/history_text.h"

#include "base/text.h"
#include "render/comparison_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace umb {

namespace {

bool judged(const HistoryChange& change) {
  return change.kind == HistoryKind::kLevel;
}

bool of_a_level(const HistoryChange& change) {
  return judged(change) || change.kind == HistoryKind::kUnjudged;
}

/// 1: worse, -1: better, 0: neither, or not judged, or the metric has no such direction.
int direction(const HistorySeries& series, const HistoryChange& change) {
  if (series.better.empty() || !judged(change)) return 0;
  return (change.after > change.before) == (series.better == "lower") ? 1 : -1;
}

/// Those that the eye should meet first have the lower one.
int rank(const HistorySeries& series) {
  if (std::ranges::any_of(series.changes, of_a_level)) return 0;
  return series.changes.empty() ? 2 : 1;
}

/// Noise of a per cent must not look like mountains.
constexpr double kLeastSpan = 0.1;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// How high a value stands: on a log scale where there are no zeros.
double height_of(const HistorySeries& series, double value) {
  return series.linear ? value : std::log(value);
}

}  // namespace

std::string history_headline(const History& history) {
  const bool settings = std::ranges::any_of(history.series, [](const auto& one) { return !one.setting.empty(); });
  const size_t count = history.series.size();
  const std::string of =
      (settings ? std::to_string(count) + " series (a case in one setting each)" : counted(count, "case")) + " over " +
      counted(history.builds.size(), "build");
  const auto having = [&](int wanted) {
    return static_cast<size_t>(
        std::ranges::count_if(history.series, [&](const HistorySeries& one) { return rank(one) == wanted; }));
  };
  if (having(0) > 0) return "change points in " + std::to_string(having(0)) + " of " + of;
  if (having(1) == 0) return "no change point in " + of;
  return "no change of " + exact_percent(history.threshold) + " or more in " + of + ", but others in " +
         std::to_string(having(1));
}

std::string history_subject(const History& history) {
  return history.metric + ", " + quantile_name(history.quantile) + " of each build, from " +
         history.builds.front().name + " to " + history.builds.back().name;
}

std::string history_method(const History& history) {
  const std::string over =
      history.series.size() > 1 ? ", adjusted over all " + std::to_string(history.series.size()) + " here" : "";
  return "A change point is a build from which on the level differs, p at most " + exact_percent(history.alpha) +
         " by permutations" + over + "; it takes 3 builds on either side, and some 12 in all, or more for many cases.";
}

std::vector<const HistorySeries*> history_by_rank(const History& history) {
  std::vector<const HistorySeries*> series;
  series.reserve(history.series.size());
  for (const HistorySeries& one : history.series) series.push_back(&one);
  std::ranges::stable_sort(series, {}, [](const HistorySeries* one) { return rank(*one); });
  return series;
}

std::string history_letters(const HistorySeries& series, size_t fold, bool unicode) {
  const char* const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const char* const letters[] = {"_", ".", ",", "-", "=", "+", "*", "#"};
  std::vector<double> heights;
  double least = kInfinity;
  double most = -kInfinity;
  for (size_t from = 0; from < series.values.size(); from += fold) {
    heights.push_back(-kInfinity);
    for (size_t i = from; i < std::min(from + fold, series.values.size()); ++i) {
      const std::optional<double>& value = series.values[i];
      if (value.has_value()) heights.back() = std::max(heights.back(), height_of(series, *value));
    }
    if (std::isinf(heights.back())) continue;
    least = std::min(least, heights.back());
    most = std::max(most, heights.back());
  }
  const double noise = series.linear ? kLeastSpan * most : kLeastSpan;
  const double span = std::max({most - least, noise, 1e-300});
  std::string text;
  for (const double height : heights) {
    if (std::isinf(height)) {
      text += unicode ? "·" : " ";
      continue;
    }
    const auto step = static_cast<size_t>(std::lround((height - least) / span * 7));
    text += unicode ? bars[step] : letters[step];
  }
  return text;
}

HistoryExtremes history_extremes(const HistorySeries& series) {
  std::optional<double> least;
  std::optional<double> most;
  std::optional<double> newest;
  for (const std::optional<double>& value : series.values) {
    if (!value.has_value()) continue;
    least = std::min(least.value_or(*value), *value);
    most = std::max(most.value_or(*value), *value);
    newest = value;
  }
  const auto figure = [&](std::optional<double> value) {
    return history_figure_in_words(value.value_or(0), series.unit);
  };
  return {figure(least), figure(most), figure(newest)};
}

std::string history_sign(const HistorySeries& series, const HistoryChange& change, bool unicode) {
  const int worse = direction(series, change);
  if (worse > 0) return unicode ? "▲" : "+";
  if (worse < 0) return unicode ? "▼" : "-";
  return unicode ? "◆" : "*";
}

}  // namespace umb
