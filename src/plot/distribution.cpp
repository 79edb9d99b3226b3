// SPDX-License-Identifier: Apache-2.0
#include "compare/curves.h"
#include "compare/over_boots.h"
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>
#include <array>

namespace umb {

namespace {

/// A quantile, and how many calls there must be for it to be one, as in the tables.
struct Marked {
  double share;
  size_t fewest;
};
constexpr std::array<Marked, 3> kMarked{{{0.5, 1}, {0.9, 10}, {0.99, 100}}};
/// Up to so many calls the curve has a step a call; steps of more can't be told from a line.
constexpr size_t kMostSteps = 500;

/// Of all boots; what `shrink` has kept of them where the samples are gone.
std::vector<CurvePoint> distribution_of(const PlotCase& one, size_t most) {
  std::vector<std::vector<CurvePoint>> kept;
  std::vector<std::span<const CurvePoint>> boots;
  kept.reserve(one.boots.size());
  boots.reserve(one.boots.size());
  for (const CaseDigest* boot : one.boots) {
    if (boot->curves != nullptr && !boot->curves->distribution.empty()) {
      boots.emplace_back(boot->curves->distribution);
      continue;
    }
    const MetricDigest* metric = boot->metric("return_ns");
    if (metric == nullptr || metric->grid.empty() || metric->grid.front() <= 0) continue;
    std::vector<CurvePoint>& curve = kept.emplace_back();
    const auto last = static_cast<double>(metric->grid.size() - 1);
    for (size_t i = 0; i < metric->grid.size(); ++i) {
      curve.push_back({static_cast<double>(metric->grid[i]), static_cast<double>(i) / std::max(1.0, last)});
    }
    boots.emplace_back(curve);
  }
  return pooled(boots, most);
}

std::vector<std::vector<double>> stairs(const std::vector<CurvePoint>& steps) {
  std::vector<std::vector<double>> rows;
  rows.reserve(2 * steps.size());
  double before = 0;
  for (const CurvePoint& step : steps) {
    rows.push_back({step.value * 1e-9, before * 100});
    rows.push_back({step.value * 1e-9, step.share * 100});
    before = step.share;
  }
  return rows;
}

Curve curve_of(const PlotCase& one, size_t most) {
  const size_t calls = count_returns(one.boots);
  const std::vector<CurvePoint> whole = distribution_of(one, most);
  Curve curve;
  if (whole.empty()) return curve;
  // A value between two calls was never measured; of thinned samples and of a baseline only some steps are known.
  if (whole.size() == calls && calls <= kMostSteps && 2 * calls <= most) {
    curve.points = stairs(whole);
  } else {
    curve.points.reserve(whole.size());
    for (const CurvePoint& point : whole) curve.points.push_back({point.value * 1e-9, point.share * 100});
  }
  for (const Marked& marked : kMarked) {
    if (calls < marked.fewest) continue;
    curve.marks.push_back({value_at_share(whole, marked.share) * 1e-9, marked.share * 100});
  }
  return curve;
}

}  // namespace

Figure distribution_figure(const PlotSubject& subject) {
  Figure figure = panels_of(subject, plot_groups(subject), [](const PlotCase& one, size_t curves) {
    return curve_of(one, vertices_of_a_curve(curves));
  });
  for (Panel& panel : figure.panels) panel.x = time_axis(column_of(panel, 0), 5);
  figure.notes.insert(
      figure.notes.begin(),
      "A curve shows the share of calls that took at most so long; circle, triangle and diamond mark p50, "
      "p90 and p99 (from 10 and from 100 calls on). Each boot counts the same.");
  return figure;
}

}  // namespace umb
