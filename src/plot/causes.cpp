// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "compare/case_ids.h"
#include "compare/explained_words.h"
#include "compare/over_boots.h"
#include "model/attribution.h"
#include "plot/axis.h"
#include "plot/kinds.h"
#include "plot/text_fit.h"

#include <algorithm>
#include <array>

namespace umb {

namespace {

constexpr size_t kMostBars = 24;

constexpr double kWidestName = 510;  ///< of a bar, in pixels
constexpr double kWidestId = 300;    ///< of the case in it

struct Bar {
  std::string id;
  size_t side = 0;
  std::array<double, kCauses.size()> times{};  ///< ns
  double sum = 0;
};

std::vector<Bar> bars_of(const PlotSubject& subject, size_t& left_out) {
  std::vector<Bar> bars;
  for (const PlotGroup& group : plot_groups(subject)) {
    for (const PlotCase& one : group.cases) {
      Bar bar{one.spec->id, one.side, mean_causes_ns(one.boots)};
      for (const double time : bar.times) bar.sum += time;
      if (!(bar.sum > 0)) continue;
      if (bars.size() == kMostBars) {
        ++left_out;
        continue;
      }
      bars.push_back(bar);
    }
  }
  return bars;
}

/// A cause's curve has its part of every bar: from, to, place of the bar.
Curve curve_of(const std::vector<Bar>& bars, size_t cause, size_t style) {
  Curve curve{style, {}, {}};
  for (size_t i = 0; i < bars.size(); ++i) {
    double from = 0;
    for (size_t before = 0; before < cause; ++before) from += bars[i].times[before];
    const double share = 100 / bars[i].sum;
    const double own = bars[i].times[cause];
    if (own > 0) curve.points.push_back({from * share, (from + own) * share, static_cast<double>(i)});
  }
  return curve;
}

/// "6.12.1: mode=lazy (1.3 ms)": where that is too long, the side's name gives way first.
std::vector<Tick> ticks_of(const PlotSubject& subject, const std::vector<Bar>& bars,
                           const std::vector<std::string>& common) {
  std::vector<std::string> ids;
  ids.reserve(bars.size());
  for (const Bar& bar : bars) ids.push_back(without_parts(bar.id, common));
  ids = fitted(ids, kWidestId);
  double widest = 0;
  for (const std::string& id : ids) widest = std::max(widest, text_width(": " + id + " (999.9 ms)"));
  const std::vector<std::string> sides = side_names(subject, kWidestName - widest);
  std::vector<Tick> ticks;
  for (size_t i = 0; i < bars.size(); ++i) {
    const std::string side = sides.size() > 1 ? sides[bars[i].side] + ": " : "";
    ticks.push_back({static_cast<double>(i), side + ids[i] + " (" + seconds_text(bars[i].sum * 1e-9) + ")"});
  }
  return ticks;
}

}  // namespace

Figure causes_figure(const PlotSubject& subject) {
  size_t left_out = 0;
  const std::vector<Bar> bars = bars_of(subject, left_out);
  if (bars.empty()) return {};
  Figure figure;
  figure.wide = true;
  Panel& panel = figure.panels.emplace_back();
  for (size_t cause = 0; cause < kCauses.size(); ++cause) {
    Curve curve = curve_of(bars, cause, figure.legend.size());
    if (curve.points.empty()) continue;
    // The number stands in its parts too: paper has no colours.
    figure.legend.push_back(std::to_string(figure.legend.size() + 1) + "  " + cause_in_words(kCauses[cause]));
    panel.curves.push_back(std::move(curve));
  }
  std::vector<std::string> ids;
  ids.reserve(bars.size());
  for (const Bar& bar : bars) ids.push_back(bar.id);
  const std::vector<std::string> common = common_parts(ids);
  panel.x = {0, 100, {}};
  for (size_t percent = 0; percent <= 100; percent += 20) {
    panel.x.ticks.push_back({static_cast<double>(percent), std::to_string(percent) + " %"});
  }
  panel.y = {-0.6, static_cast<double>(bars.size()) - 0.4, ticks_of(subject, bars, common)};
  figure.title = bars.size() > 1 ? join(common, ", ") : "";
  figure.panel_height = 70 + 26 * bars.size();
  figure.notes = {
      "A bar is a case's mean call, as the traced pass saw it: its length in brackets, its parts by cause, in the "
      "order of the legend and with its "
      "numbers."};
  if (left_out > 0) figure.notes.push_back("Bars left out: " + std::to_string(left_out) + ".");
  return figure;
}

}  // namespace umb
