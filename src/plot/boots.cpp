// SPDX-License-Identifier: Apache-2.0
#include "compare/curves.h"
#include "compare/over_boots.h"
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>
#include <set>

namespace umb {

namespace {

std::vector<double> medians_of(const PlotCase& one) {
  std::vector<double> medians;
  medians.reserve(one.boots.size());
  for (const CaseDigest* const boot : one.boots) {
    const double median = typical_p50_ns({&boot, 1}) * 1e-9;
    if (median > 0) medians.push_back(median);
  }
  return medians;
}

/// Places of at most so many boots, evenly over all of them, the fastest and the slowest among them.
std::set<size_t> shown_boots(const std::vector<double>& medians, size_t most) {
  std::set<size_t> shown;
  if (medians.empty()) return shown;
  const auto [fastest, slowest] = std::ranges::minmax_element(medians);
  const bool all = medians.size() <= most;
  if (!all) {
    for (const auto extreme : {fastest, slowest}) shown.insert(static_cast<size_t>(extreme - medians.begin()));
  }
  const size_t evenly = all ? medians.size() : most - 2;
  for (size_t i = 0; i < evenly; ++i) shown.insert(i * medians.size() / evenly);
  return shown;
}

}  // namespace

Figure boots_figure(const PlotSubject& subject) {
  constexpr size_t kFewest = 4;
  Figure figure = panels_of(subject, plot_groups(subject), [&](const PlotCase& one, size_t curves) {
    const std::vector<double> medians = medians_of(one);
    const std::set<size_t> shown = shown_boots(medians, std::max(kFewest, kMostPoints / curves));
    Curve curve;
    curve.points.reserve(shown.size());
    // Side by side within the strip, in the order in which they were given.
    for (const size_t boot : shown) {
      const double place = (static_cast<double>(boot) + 0.5) / static_cast<double>(medians.size()) - 0.5;
      curve.points.push_back({0.6 * place, medians[boot]});
    }
    if (medians.size() < 2) return curve;
    const Strip strip = strip_of(medians);
    const Interval interval = strip.interval.value_or(Interval{strip.median, strip.median});
    curve.marks.push_back({0, strip.median, interval.low, interval.high});
    return curve;
  });
  const auto has_strip = [](const Panel& panel) {
    return std::ranges::any_of(panel.curves, [](const Curve& curve) { return !curve.marks.empty(); });
  };
  if (std::ranges::none_of(figure.panels, has_strip)) return {};
  for (Panel& panel : figure.panels) {
    std::vector<double> values = column_of(panel, 1);
    for (const size_t column : {size_t{2}, size_t{3}}) {
      const std::vector<double> more = column_of(panel, column);
      values.insert(values.end(), more.begin(), more.end());
    }
    panel.y = time_axis(values, 6);
    panel.x = {0.4, static_cast<double>(panel.curves.size()) + 0.6, {}};
    double place = 0;
    for (Curve& curve : panel.curves) {
      ++place;
      for (auto* rows : {&curve.points, &curve.marks}) {
        for (std::vector<double>& row : *rows) row[0] += place;
      }
    }
  }
  figure.notes.insert(
      figure.notes.begin(),
      "A point is a boot's median, in the order of the boots; the line is the median of the boots, the box "
      "its 95% interval (from 6 boots on). Of more boots than there is room for, some are drawn, evenly chosen, with "
      "the fastest and the slowest.");
  return figure;
}

}  // namespace umb
