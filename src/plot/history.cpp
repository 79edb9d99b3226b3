// SPDX-License-Identifier: Apache-2.0
#include "plot/history.h"

#include "plot/axis.h"
#include "plot/plot_cases.h"

#include <algorithm>
#include <cmath>

namespace umb {

namespace {

constexpr double kNs = 1e-9;
constexpr double kNameWidth = 230;  ///< of a build's name, in pixels: twice the margin, for it stands around its place
constexpr double kAxisWidth = 660;  ///< of what the script's margins leave

/// The builds at which it changed, the newest and the first, as far as their names don't run into each other.
std::vector<Tick> ticks_of(const History& history, const HistorySeries& series) {
  std::vector<size_t> builds;
  builds.reserve(2 * series.changes.size() + 2);
  for (const HistoryChange& change : series.changes) builds.push_back(change.at);
  for (const HistoryChange& change : series.changes) {
    if (change.until.has_value()) builds.push_back(*change.until);
  }
  builds.push_back(history.builds.size() - 1);
  builds.push_back(0);
  std::vector<Tick> ticks;
  for (const size_t build : builds) {
    const auto at = static_cast<double>(build + 1);
    const bool free = std::ranges::none_of(ticks, [&](const Tick& tick) {
      return std::fabs(tick.at - at) < kNameWidth / kAxisWidth * static_cast<double>(history.builds.size());
    });
    if (free) ticks.push_back({at, history.builds[build].name});
  }
  std::ranges::sort(ticks, {}, &Tick::at);
  return ticks;
}

/// From between two builds to between two others, and the level there.
std::vector<std::vector<double>> levels_of(const HistorySeries& series) {
  std::vector<std::vector<double>> levels;
  levels.reserve(series.levels.size());
  for (const HistoryLevel& level : series.levels) {
    if (level.value <= 0) continue;
    levels.push_back(
        {static_cast<double>(level.first) + 0.5, static_cast<double>(level.last) + 1.5, level.value * kNs});
  }
  return levels;
}

Panel panel_of(const History& history, const HistorySeries& series) {
  Curve curve;
  curve.points.reserve(series.values.size());
  for (size_t i = 0; i < series.values.size(); ++i) {
    if (series.values[i].value_or(0) > 0) curve.points.push_back({static_cast<double>(i + 1), *series.values[i] * kNs});
  }
  curve.marks = levels_of(series);
  Panel panel{.title = series.case_id, .x = {}, .y = {}, .curves = {std::move(curve)}};
  panel.x = {0.5, static_cast<double>(history.builds.size()) + 0.5, ticks_of(history, series)};
  panel.y = time_axis(column_of(Panel{{}, {}, {}, {{0, panel.curves[0].points, {}}}}, 1), 6);
  return panel;
}

}  // namespace

Figure history_figure(const History& history) {
  Figure figure{.kind = "history",
                .title = history.metric + ", " + quantile_name(history.quantile) + " of each build",
                .x_name = {},
                .legend = {},
                .panels = {},
                .notes = {},
                .wide = true,
                .x_tick_width = kNameWidth};
  size_t times = 0;
  for (const bool changed : {true, false}) {
    for (const HistorySeries& series : history.series) {
      const bool drawn = std::ranges::any_of(series.values, [](const auto& value) { return value.value_or(0) > 0; });
      if (series.unit != "ns" || !drawn || series.changes.empty() == changed) continue;
      ++times;
      if (figure.panels.size() < kMostPanels) figure.panels.push_back(panel_of(history, series));
    }
  }
  figure.notes.emplace_back(
      "A point is a build; the lines are the levels between its changes. No point: no value, or 0.");
  if (times > figure.panels.size()) {
    figure.notes.push_back(std::to_string(times - figure.panels.size()) + " more cases are not drawn: --case chooses.");
  }
  return figure;
}

}  // namespace umb
