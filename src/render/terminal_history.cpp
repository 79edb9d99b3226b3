// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/comparison_text.h"
#include "render/history_formats.h"
#include "render/page.h"
#include "render/text_table.h"

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

const char* sign(int direction, bool unicode) {
  if (direction > 0) return unicode ? "▲" : "+";
  if (direction < 0) return unicode ? "▼" : "-";
  return unicode ? "◆" : "*";
}

/// Those that the eye should meet first have the lower one.
int rank(const HistorySeries& series) {
  if (std::ranges::any_of(series.changes, of_a_level)) return 0;
  return series.changes.empty() ? 2 : 1;
}

std::string headline(const History& history) {
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

/// Noise of a per cent must not look like mountains.
constexpr double kLeastSpan = 0.1;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// How high a value stands: on a log scale where there are no zeros.
double height_of(const HistorySeries& series, double value) {
  return series.linear ? value : std::log(value);
}

/// A letter for each `fold` builds in a row, by the highest of them, from the least to the most; "·" without any.
std::string levels(const HistorySeries& series, size_t fold, bool unicode) {
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

/// So many builds a letter that a line stays within the width.
size_t fold_of(size_t builds, const std::string& indent, size_t width) {
  if (width <= indent.size()) return 1;
  const size_t room = width - indent.size();
  return std::max<size_t>(1, (builds + room - 1) / room);
}

void add_series(const History& history, const HistorySeries& series, const RenderOptions& options, Page& page) {
  const std::string indent = "  ";
  page.gap();
  page.heading(series.case_id);
  std::optional<double> least;
  std::optional<double> most;
  std::optional<double> newest;
  for (const std::optional<double>& value : series.values) {
    if (!value.has_value()) continue;
    least = std::min(least.value_or(*value), *value);
    most = std::max(most.value_or(*value), *value);
    newest = value;
  }
  const size_t fold = fold_of(series.values.size(), indent, options.width);
  page.line(indent + levels(series, fold, options.unicode));
  const auto figure = [&](std::optional<double> value) {
    return history_figure_in_words(value.value_or(0), series.unit);
  };
  page.paragraph(indent, figure(least) + " to " + figure(most) + ", newest " + figure(newest) +
                             (fold > 1 ? "; the highest of " + std::to_string(fold) + " builds a letter" : ""));
  for (const HistoryChange& change : series.changes) {
    page.paragraph(indent + sign(direction(series, change), options.unicode) + " ",
                   change_in_words(history, series, change));
  }
}

}  // namespace

std::string terminal_history(const History& history, const RenderOptions& options) {
  Page page(options);
  for (const std::string& caution : history.cautions) page.warning(caution);
  page.gap();
  page.headline(headline(history));
  page.paragraph("", history.metric + ", " + quantile_name(history.quantile) + " of each build, from " +
                         history.builds.front().name + " to " + history.builds.back().name);
  for (const int wanted : {0, 1, 2}) {
    for (const HistorySeries& series : history.series) {
      if (rank(series) == wanted) add_series(history, series, options, page);
    }
  }
  page.gap();
  const std::string over =
      history.series.size() > 1 ? ", adjusted over all " + std::to_string(history.series.size()) + " here" : "";
  page.paragraph("", "A change point is a build from which on the level differs, p at most " +
                         exact_percent(history.alpha) + " by permutations" + over +
                         "; it takes 3 builds on either side, and some 12 in all, or more for many cases.");
  return page.text();
}

}  // namespace umb
