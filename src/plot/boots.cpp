// SPDX-License-Identifier: Apache-2.0
#include "compare/curves.h"
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>

namespace umb {

namespace {

constexpr size_t kMostBoots = 150;  ///< of one strip: further ones are thinned evenly by their place

std::vector<double> medians_of(const PlotCase& one) {
  std::vector<double> medians;
  medians.reserve(one.boots.size());
  for (const CaseDigest* boot : one.boots) {
    const double median = PlotCase{one.side, one.spec, one.rcu, {boot}}.p50();
    if (median > 0) medians.push_back(median);
  }
  return medians;
}

}  // namespace

Figure boots_figure(const PlotSubject& subject) {
  bool several = false;
  Figure figure = panels_of(subject, plot_groups(subject), [&](const PlotCase& one, size_t) {
    const std::vector<double> medians = medians_of(one);
    several = several || medians.size() > 1;
    Curve curve;
    const size_t shown = std::min(medians.size(), kMostBoots);
    curve.points.reserve(shown);
    // Side by side within the strip, in the order in which they were given.
    for (size_t i = 0; i < shown; ++i) {
      const double place = (static_cast<double>(i) + 0.5) / static_cast<double>(shown) - 0.5;
      curve.points.push_back({0.6 * place, medians[i * medians.size() / shown]});
    }
    if (medians.size() < 2) return curve;
    const Strip strip = strip_of(medians);
    const Interval interval = strip.interval.value_or(Interval{strip.median, strip.median});
    curve.marks.push_back({0, strip.median, interval.low, interval.high});
    return curve;
  });
  if (!several) return {};
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
      "its 95% interval (from 6 boots on).");
  return figure;
}

}  // namespace umb
