// SPDX-License-Identifier: Apache-2.0
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>

namespace umb {

namespace {

/// All boots one after the other.
std::vector<DriftBin> in_a_row(const PlotCase& one) {
  std::vector<DriftBin> bins;
  size_t before = 0;
  for (const CaseDigest* boot : one.boots) {
    if (boot->curves == nullptr) continue;
    for (DriftBin bin : boot->curves->drift) {
      bin.call += static_cast<double>(before);
      bins.push_back(bin);
    }
    before += boot->curves->calls;
  }
  return bins;
}

/// At most so many bins, neighbours put together.
std::vector<DriftBin> fewer(const std::vector<DriftBin>& bins, size_t most) {
  if (bins.size() <= most) return bins;
  std::vector<DriftBin> kept;
  kept.reserve(most);
  for (size_t i = 0; i < most; ++i) {
    const auto from = bins.begin() + static_cast<std::ptrdiff_t>(bins.size() * i / most);
    const auto to = bins.begin() + static_cast<std::ptrdiff_t>(bins.size() * (i + 1) / most);
    DriftBin bin = *(from + (to - from) / 2);
    for (auto one = from; one != to; ++one) {
      bin.lowest = std::min(bin.lowest, one->lowest);
      bin.highest = std::max(bin.highest, one->highest);
    }
    kept.push_back(bin);
  }
  return kept;
}

}  // namespace

Figure drift_figure(const PlotSubject& subject) {
  constexpr size_t kVerticesOfBin = 3;
  Figure figure = panels_of(subject, plot_groups(subject), [](const PlotCase& one, size_t curves) {
    const size_t most = std::min(kMostOfOneCurve, kMostVertices / curves) / kVerticesOfBin;
    Curve curve;
    for (const DriftBin& bin : fewer(in_a_row(one), std::max<size_t>(1, most))) {
      curve.points.push_back({bin.call, bin.lowest * 1e-9, bin.median * 1e-9, bin.highest * 1e-9});
    }
    return curve;
  });
  for (Panel& panel : figure.panels) {
    const std::vector<double> calls = column_of(panel, 0);
    panel.x = call_axis(*std::ranges::max_element(calls), 5);
    std::vector<double> times = column_of(panel, 1);
    const std::vector<double> highest = column_of(panel, 3);
    times.insert(times.end(), highest.begin(), highest.end());
    panel.y = time_axis(times, 6);
  }
  figure.notes.insert(
      figure.notes.begin(),
      "Calls in the order in which they were taken, boot after boot. The line is the median of some calls "
      "one after the other, the band reaches from the fastest to the slowest of them.");
  return figure;
}

}  // namespace umb
