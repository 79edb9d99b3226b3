// SPDX-License-Identifier: Apache-2.0
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>
#include <cmath>

namespace umb {

namespace {

/// The place of `text` in the list, at whose end it is put when it is new.
size_t place_of(std::vector<std::string>& list, const std::string& text) {
  const auto found = std::ranges::find(list, text);
  if (found != list.end()) return static_cast<size_t>(found - list.begin());
  list.push_back(text);
  return list.size() - 1;
}

}  // namespace

Figure matrix_figure(const PlotSubject& subject) {
  std::vector<std::string> modes;
  for (const PlotGroup& group : plot_groups(subject)) {
    for (const PlotCase& one : group.cases) place_of(modes, one.rcu);
  }
  size_t rows = std::min(subject.sides.size(), kMostStyles);
  if (modes.size() * rows < 2) return {};
  Figure figure = panels_of(subject, plot_groups(subject), [&](const PlotCase& one, size_t) {
    Curve curve;
    const double p50 = one.p50();
    if (!(p50 > 0)) return curve;
    const auto column = static_cast<double>(place_of(modes, one.rcu));
    curve.points.push_back({column, static_cast<double>(one.side), p50});
    return curve;
  });
  for (Panel& panel : figure.panels) {
    panel.x = {-0.5, static_cast<double>(modes.size()) - 0.5, {}};
    panel.y = {-0.5, static_cast<double>(rows) - 0.5, {}};
    for (size_t i = 0; i < modes.size(); ++i) panel.x.ticks.push_back({static_cast<double>(i), modes[i]});
    for (size_t i = 0; i < rows; ++i) panel.y.ticks.push_back({static_cast<double>(i), subject.sides[i].name});
    const std::vector<double> times = column_of(panel, 2);
    const auto [low, high] = std::ranges::minmax(times);
    for (Curve& curve : panel.curves) {
      curve.style = 0;
      curve.points[0].push_back(high > low ? std::log(curve.points[0][2] / low) / std::log(high / low) : 0);
    }
  }
  figure.legend.clear();
  figure.panel_height = 90 + 42 * rows;
  figure.notes.insert(
      figure.notes.begin(),
      "Geometric mean of the boots' medians; the darker, the longer (each panel has a scale of its own).");
  return figure;
}

}  // namespace umb
