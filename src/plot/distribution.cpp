// SPDX-License-Identifier: Apache-2.0
#include "compare/curves.h"
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>
#include <array>

namespace umb {

namespace {

constexpr std::array<double, 3> kMarked{0.5, 0.9, 0.99};

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

}  // namespace

Figure distribution_figure(const PlotSubject& subject) {
  Figure figure = panels_of(subject, plot_groups(subject), [](const PlotCase& one, size_t curves) {
    const std::vector<CurvePoint> whole = distribution_of(one, std::min(kMostOfOneCurve, kMostVertices / curves));
    Curve curve;
    curve.points.reserve(whole.size());
    for (const CurvePoint& point : whole) curve.points.push_back({point.value * 1e-9, point.share * 100});
    if (whole.empty()) return curve;
    for (const double share : kMarked) curve.marks.push_back({value_at_share(whole, share) * 1e-9, share * 100});
    return curve;
  });
  for (Panel& panel : figure.panels) panel.x = time_axis(column_of(panel, 0), 5);
  figure.notes.insert(
      figure.notes.begin(),
      "A curve shows the share of calls that took at most so long; circle, triangle and diamond mark p50, "
      "p90 and p99. Each boot counts the same.");
  return figure;
}

}  // namespace umb
