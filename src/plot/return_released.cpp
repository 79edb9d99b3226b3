// SPDX-License-Identifier: Apache-2.0
#include "compare/curves.h"
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>

namespace umb {

Figure return_released_figure(const PlotSubject& subject) {
  bool apart = false;
  Figure figure = panels_of(subject, plot_groups(subject), [&](const PlotCase& one, size_t curves) {
    std::vector<ReleasePoint> all;
    for (const CaseDigest* boot : one.boots) {
      if (boot->curves == nullptr) continue;
      apart = apart || boot->curves->released_apart;
      all.insert(all.end(), boot->curves->released.begin(), boot->curves->released.end());
    }
    std::ranges::sort(all, {}, &ReleasePoint::released_ns);
    Curve curve;
    for (const size_t i : thinned(all.size(), std::max<size_t>(20, kMostPoints / curves))) {
      curve.points.push_back({all[i].return_ns * 1e-9, all[i].released_ns * 1e-9});
    }
    return curve;
  });
  for (Panel& panel : figure.panels) {
    // One scale for both, so that the diagonal is where nothing is left to release after the return.
    std::vector<double> both = column_of(panel, 0);
    const std::vector<double> released = column_of(panel, 1);
    both.insert(both.end(), released.begin(), released.end());
    panel.x = panel.y = time_axis(both, 5);
  }
  figure.panel_height = 320;
  figure.notes.insert(figure.notes.begin(),
                      "Above the grey diagonal, what was mounted is still held when the call has returned.");
  if (apart) {
    figure.notes.insert(
        figure.notes.begin() + 1,
        "Cases in which a call is timed by one of the two clocks alone have 99 points: a per cent of the "
        "one over the same per cent of the other.");
  }
  return figure;
}

}  // namespace umb
