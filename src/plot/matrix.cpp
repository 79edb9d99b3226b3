// SPDX-License-Identifier: Apache-2.0
#include "compare/over_boots.h"
#include "plot/axis.h"
#include "plot/kinds.h"
#include "plot/text_fit.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace umb {

namespace {

/// So that "12.3 ms" has room in a cell.
constexpr double kNarrowestCell = 76;
constexpr double kWidestHalf = 420;  ///< of a panel that stands beside another one

/// The place of `text` in the list, at whose end it is put when it is new.
size_t place_of(std::vector<std::string>& list, const std::string& text) {
  const auto found = std::ranges::find(list, text);
  if (found != list.end()) return static_cast<size_t>(found - list.begin());
  list.push_back(text);
  return list.size() - 1;
}

std::vector<Tick> ticks_of(const std::vector<std::string>& names) {
  std::vector<Tick> ticks;
  for (const std::string& name : names) ticks.push_back({static_cast<double>(ticks.size()), name});
  return ticks;
}

/// One curve has all cells: a curve each would take more bytes than the cells. How dark each is: 0 to 1 from the
/// shortest to the longest of the panel. Cells that were not measured are its marks.
Curve cells_of(const Panel& panel, size_t columns, size_t rows) {
  const std::vector<double> times = column_of(panel, 2);
  const auto [low, high] = std::ranges::minmax(times);
  Curve cells;
  std::set<std::pair<double, double>> measured;
  for (const Curve& curve : panel.curves) {
    std::vector<double> cell = curve.points[0];
    measured.emplace(cell[0], cell[1]);
    cell.push_back(high > low ? std::log(cell[2] / low) / std::log(high / low) : 0);
    cells.points.push_back(std::move(cell));
  }
  for (size_t row = 0; row < rows; ++row) {
    for (size_t column = 0; column < columns; ++column) {
      const std::pair<double, double> place(column, row);
      if (!measured.contains(place)) cells.marks.push_back({place.first, place.second});
    }
  }
  return cells;
}

/// Panels for which there is no room any more are said.
void leave_out_panels(Figure& figure, size_t cells_of_panel) {
  constexpr size_t kMostCells = 280;
  const size_t most = std::max<size_t>(1, kMostCells / cells_of_panel);
  if (figure.panels.size() <= most) return;
  figure.notes.push_back(std::to_string(figure.panels.size() - most) + " more are left out for their size.");
  figure.panels.resize(most);
}

}  // namespace

Figure matrix_figure(const PlotSubject& subject) {
  const std::vector<PlotGroup> groups = plot_groups(subject, {}, kMostRows);
  std::vector<std::string> modes;
  for (const PlotGroup& group : groups) {
    for (const PlotCase& one : group.cases) place_of(modes, one.rcu);
  }
  std::vector<std::string> rows = side_names(subject);
  rows.resize(std::min(rows.size(), kMostRows));
  if (modes.size() * rows.size() < 2) return {};
  const DrawCase cell = [&](const PlotCase& one, size_t) {
    Curve curve;
    const double p50 = typical_p50_ns(one.boots) * 1e-9;
    if (!(p50 > 0)) return curve;
    curve.points.push_back({static_cast<double>(place_of(modes, one.rcu)), static_cast<double>(one.side), p50});
    return curve;
  };
  Figure figure = panels_of(subject, groups, cell, Colours::kNone);
  leave_out_panels(figure, modes.size() * rows.size());
  double widest = 0;
  for (const std::string& name : rows) widest = std::max(widest, text_width(name));
  const auto columns = static_cast<double>(modes.size());
  figure.wide = widest + columns * kNarrowestCell > kWidestHalf;
  figure.x_tick_width = ((figure.wide ? 2 : 1) * kWidestHalf - widest) / columns;
  for (Panel& panel : figure.panels) {
    panel.x = {-0.5, columns - 0.5, ticks_of(modes)};
    panel.y = {-0.5, static_cast<double>(rows.size()) - 0.5, ticks_of(rows)};
    panel.curves = {cells_of(panel, modes.size(), rows.size())};
  }
  figure.panel_height = 90 + 42 * rows.size();
  figure.notes.insert(figure.notes.begin(),
                      "Geometric mean of the boots' medians; the darker, the longer (each panel has a scale of its "
                      "own). A dash: not measured.");
  return figure;
}

}  // namespace umb
