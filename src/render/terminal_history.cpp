// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/figures.h"
#include "render/history_formats.h"
#include "render/page.h"

#include <algorithm>
#include <cmath>

namespace umb {

namespace {

std::string counted(size_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

/// 1: worse, -1: better, 0: neither, or the metric has no such direction.
int direction(const HistorySeries& series, const HistoryChange& change) {
  if (series.better.empty()) return 0;
  return (change.after > change.before) == (series.better == "lower") ? 1 : -1;
}

const char* sign(int direction, bool unicode) {
  if (direction > 0) return unicode ? "▲" : "+";
  if (direction < 0) return unicode ? "▼" : "-";
  return unicode ? "◆" : "*";
}

std::string headline(const History& history) {
  size_t changed = 0;
  for (const HistorySeries& series : history.series) changed += series.changes.empty() ? 0 : 1;
  const std::string of = counted(history.series.size(), "case") + " over " + counted(history.builds.size(), "build");
  if (changed == 0) return "no change point in " + of;
  return "change points in " + std::to_string(changed) + " of " + of;
}

/// Noise of a per cent must not look like mountains.
constexpr double kLeastSpan = 0.1;

/// A letter a build, on a log scale from the least to the most; "·" where it has none.
std::string levels(const HistorySeries& series, bool unicode) {
  const char* const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const char* const letters[] = {"_", ".", ",", "-", "=", "+", "*", "#"};
  double least = INFINITY;
  double most = -INFINITY;
  for (const std::optional<double>& value : series.values) {
    if (!value.has_value()) continue;
    least = std::min(least, std::log(*value));
    most = std::max(most, std::log(*value));
  }
  std::string text;
  for (const std::optional<double>& value : series.values) {
    if (!value.has_value()) {
      text += unicode ? "·" : " ";
      continue;
    }
    const double height = (std::log(*value) - least) / std::max(most - least, kLeastSpan);
    const auto step = static_cast<size_t>(std::lround(height * 7));
    text += unicode ? bars[step] : letters[step];
  }
  return text;
}

std::string figure(double value, const std::string& unit) {
  if (unit != "ns") return three_digits(value) + (unit.empty() ? "" : " " + unit);
  const TimeUnit shown = time_unit(value);
  return time_figure(value, shown) + " " + shown.name;
}

void add_series(const History& history, const HistorySeries& series, const RenderOptions& options, Page& page) {
  page.gap();
  page.heading(series.case_id);
  double least = INFINITY;
  double most = 0;
  std::optional<double> newest;
  for (const std::optional<double>& value : series.values) {
    if (!value.has_value()) continue;
    least = std::min(least, *value);
    most = std::max(most, *value);
    newest = value;
  }
  page.line("  " + levels(series, options.unicode));
  page.paragraph("  ", figure(least, series.unit) + " to " + figure(most, series.unit) + ", newest " +
                           figure(newest.value_or(0), series.unit));
  for (const HistoryChange& change : series.changes) {
    page.paragraph(std::string("  ") + sign(direction(series, change), options.unicode) + " ",
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
  for (const bool changed : {true, false}) {
    for (const HistorySeries& series : history.series) {
      if (series.changes.empty() != changed) add_series(history, series, options, page);
    }
  }
  page.gap();
  page.paragraph("", "A change point is a build from which on the level differs, p at most " +
                         exact_percent(history.alpha) +
                         " by permutations; it takes 3 builds on either side, and some 12 in all.");
  return page.text();
}

}  // namespace umb
