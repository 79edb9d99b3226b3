// SPDX-License-Identifier: Apache-2.0
#include "compare/over_boots.h"
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>
#include <ranges>

namespace umb {

Figure drift_figure(const PlotSubject& subject) {
  constexpr size_t kVerticesOfBin = 3;  // of the line and both edges of the band
  Figure figure = panels_of(subject, plot_groups(subject), [](const PlotCase& one, size_t curves) {
    const size_t most = vertices_of_a_curve(curves) / kVerticesOfBin;
    const std::vector<DriftBin> bins = drift_of(one.boots, most);
    Curve curve;
    for (const DriftBin& bin : bins) {
      curve.points.push_back({bin.call, bin.median * 1e-9});
      curve.marks.push_back({bin.call, bin.lowest * 1e-9});
    }
    // The band is one outline: there and back.
    for (const DriftBin& bin : bins | std::views::reverse) curve.marks.push_back({bin.call, bin.highest * 1e-9});
    return curve;
  });
  for (Panel& panel : figure.panels) {
    const std::vector<double> calls = column_of(panel, 0);
    panel.x = call_axis(*std::ranges::max_element(calls), 5);
    panel.y = time_axis(column_of(panel, 1), 6);
  }
  figure.notes.insert(
      figure.notes.begin(),
      "Calls in the order in which they were taken, boot after boot. The line is the median of some calls "
      "one after the other, the band reaches from the fastest to the slowest of them.");
  return figure;
}

}  // namespace umb
