// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "compare/case_ids.h"
#include "compare/curves.h"
#include "compare/explained_words.h"
#include "model/attribution.h"
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>
#include <array>

namespace umb {

namespace {

constexpr size_t kMostBars = 24;

/// Mean time by cause, in seconds, over the boots that have a pass.
using Times = std::array<double, kCauses.size()>;

struct Bar {
  std::string id, label;
  Times times{};
  double sum = 0;
};

Bar bar_of(const PlotCase& one, const std::string& label) {
  Bar bar{one.spec->id, label};
  double boots = 0;
  for (const CaseDigest* boot : one.boots) {
    if (boot->curves == nullptr || boot->curves->causes.empty()) continue;
    ++boots;
    for (const CauseMean& cause : boot->curves->causes) {
      const auto place = std::ranges::find(kCauses, cause.cause, [](const char* name) { return std::string(name); });
      if (place != kCauses.end()) bar.times[static_cast<size_t>(place - kCauses.begin())] += cause.mean_ns * 1e-9;
    }
  }
  for (double& time : bar.times) {
    time /= std::max(1.0, boots);
    bar.sum += time;
  }
  return bar;
}

std::vector<Bar> bars_of(const PlotSubject& subject, size_t& left_out) {
  std::vector<Bar> bars;
  for (const PlotGroup& group : plot_groups(subject)) {
    for (const PlotCase& one : group.cases) {
      Bar bar = bar_of(one, subject.sides.size() > 1 ? subject.sides[one.side].name : "");
      if (!(bar.sum > 0)) continue;
      if (bars.size() == kMostBars) {
        ++left_out;
        continue;
      }
      bars.push_back(std::move(bar));
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
    figure.legend.push_back(cause_in_words(kCauses[cause]));
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
  panel.y = {-0.6, static_cast<double>(bars.size()) - 0.4, {}};
  for (size_t i = 0; i < bars.size(); ++i) {
    const std::string id = without_parts(bars[i].id, common);
    const std::string name = bars[i].label.empty() ? id : bars[i].label + ": " + id;
    panel.y.ticks.push_back({static_cast<double>(i), name + " (" + seconds_text(bars[i].sum) + ")"});
  }
  figure.title = bars.size() > 1 ? join(common, ", ") : "";
  figure.panel_height = 70 + 26 * bars.size();
  figure.notes = {
      "A bar is a case's mean call, as the traced pass saw it: its length in brackets, its parts by cause."};
  if (left_out > 0) figure.notes.push_back("Bars left out: " + std::to_string(left_out) + ".");
  return figure;
}

}  // namespace umb
