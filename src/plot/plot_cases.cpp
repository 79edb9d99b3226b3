// SPDX-License-Identifier: Apache-2.0
#include "plot/plot_cases.h"

#include "base/text.h"
#include "compare/case_ids.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <set>

namespace umb {

namespace {

constexpr const char* kRcu = "rcu";

bool contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

/// Of a figure of these groups, at most.
size_t most_curves(const std::vector<PlotGroup>& groups) {
  std::vector<size_t> counts;
  counts.reserve(groups.size());
  for (const PlotGroup& group : groups) counts.push_back(group.cases.size());
  std::ranges::sort(counts, std::greater<>());
  counts.resize(std::min(counts.size(), kMostPanels));
  return std::accumulate(counts.begin(), counts.end(), size_t{0});
}

/// The worst first, the others as they come.
void sort_by_importance(std::vector<PlotGroup>& groups, const PlotSubject& subject) {
  const auto place = [&](const PlotGroup& group) {
    size_t best = subject.first.size();
    for (const PlotCase& one : group.cases) {
      const auto found = std::ranges::find(subject.first, id_without(one.spec->id, subject.by_parameters));
      best = std::min(best, static_cast<size_t>(found - subject.first.begin()));
    }
    return best;
  };
  std::ranges::stable_sort(groups, {}, place);
}

void add_titles(Figure& figure, const std::vector<std::string>& ids) {
  const std::vector<std::string> common = common_parts(ids);
  for (size_t i = 0; i < ids.size(); ++i) figure.panels[i].title = without_parts(ids[i], common);
  figure.title = join(common, ", ");
}

void say_what_is_left_out(const PlotSubject& subject, size_t panels, Figure& figure) {
  if (panels > figure.panels.size()) {
    figure.notes.push_back(std::to_string(figure.panels.size()) + " of " + std::to_string(panels) +
                           " groups of cases are shown.");
  }
  if (subject.sides.size() > kMostStyles) {
    figure.notes.push_back(std::to_string(kMostStyles) + " of " + std::to_string(subject.sides.size()) +
                           " sides are shown.");
  }
}

}  // namespace

double PlotCase::p50() const {
  double sum = 0;
  size_t count = 0;
  for (const CaseDigest* boot : boots) {
    const MetricDigest* metric = boot->metric("return_ns");
    if (metric == nullptr) continue;
    for (const QuantileValue& quantile : metric->quantiles) {
      if (quantile.p != 0.5 || !(quantile.value > 0)) continue;
      sum += std::log(quantile.value);
      ++count;
    }
  }
  return count == 0 ? 0 : std::exp(sum / static_cast<double>(count)) * 1e-9;
}

std::vector<PlotGroup> plot_groups(const PlotSubject& subject, const std::vector<std::string>& without) {
  std::vector<std::string> left_out = without;
  left_out.insert(left_out.end(), subject.by_parameters.begin(), subject.by_parameters.end());
  const bool by_rcu = contains(subject.by_parameters, kRcu);
  left_out.emplace_back(kRcu);
  std::vector<PlotGroup> groups;
  std::map<std::string, size_t> places;
  for (size_t side = 0; side < std::min(subject.sides.size(), kMostStyles); ++side) {
    std::map<std::string, std::pair<size_t, size_t>> of_side;  // by whole id: group and case
    for (const BootDigest& boot : subject.sides[side].boots) {
      for (const CaseDigest& one : boot.whole.cases) {
        if (one.outcome != "measured" || (subject.shown && !subject.shown(one.spec.id))) continue;
        const std::string id = id_without(one.spec.id, left_out);
        const auto [place, is_new] = places.try_emplace(id, groups.size());
        if (is_new) groups.push_back({id, {}});
        PlotGroup& group = groups[place->second];
        const auto [own, first] = of_side.try_emplace(one.spec.id, place->second, group.cases.size());
        if (first) group.cases.push_back({side, &one.spec, by_rcu ? "" : one.spec.value(kRcu), {}});
        group.cases[own->second.second].boots.push_back(&one);
      }
    }
  }
  sort_by_importance(groups, subject);
  return groups;
}

bool has_rcu_modes(const std::vector<PlotGroup>& groups) {
  std::set<std::string> modes;
  for (const PlotGroup& group : groups) {
    for (const PlotCase& one : group.cases) modes.insert(one.rcu);
  }
  return modes.size() > 1;
}

std::string plot_label(const PlotSubject& subject, const PlotCase& one, bool with_rcu) {
  const std::string& side = subject.sides[one.side].name;
  const std::string mode = with_rcu && !one.rcu.empty() ? "rcu=" + one.rcu : "";
  if (mode.empty()) return side;
  return subject.sides.size() > 1 ? side + ", " + mode : mode;
}

Figure panels_of(const PlotSubject& subject, const std::vector<PlotGroup>& groups,
                 const std::function<Curve(const PlotCase&, size_t curves)>& draw) {
  const bool with_rcu = has_rcu_modes(groups);
  const size_t curves = most_curves(groups);
  Figure figure;
  std::map<std::string, size_t> styles;
  std::vector<std::string> ids;
  std::set<std::string> without_colour;
  size_t panels = 0;
  for (const PlotGroup& group : groups) {
    if (figure.panels.size() == kMostPanels) {
      const auto shows = [&](const PlotCase& one) { return !draw(one, curves).points.empty(); };
      if (std::ranges::any_of(group.cases, shows)) ++panels;
      continue;
    }
    Panel panel;
    for (const PlotCase& one : group.cases) {
      Curve curve = draw(one, curves);
      if (curve.points.empty()) continue;
      const std::string label = plot_label(subject, one, with_rcu);
      const auto found = styles.find(label);
      if (found == styles.end() && styles.size() == kMostStyles) {
        without_colour.insert(label);
        continue;
      }
      curve.style = styles.try_emplace(label, styles.size()).first->second;
      if (curve.style == figure.legend.size()) figure.legend.push_back(label);
      panel.curves.push_back(std::move(curve));
    }
    if (panel.curves.empty()) continue;
    ++panels;
    figure.panels.push_back(std::move(panel));
    ids.push_back(group.id);
  }
  add_titles(figure, ids);
  say_what_is_left_out(subject, panels, figure);
  if (!without_colour.empty()) {
    figure.notes.push_back("Left out, since there are only " + std::to_string(kMostStyles) +
                           " colours: " + join({without_colour.begin(), without_colour.end()}, "; ") + ".");
  }
  return figure;
}

std::vector<double> column_of(const Panel& panel, size_t column) {
  std::vector<double> values;
  for (const Curve& curve : panel.curves) {
    for (const auto* rows : {&curve.points, &curve.marks}) {
      for (const std::vector<double>& row : *rows) {
        if (column < row.size()) values.push_back(row[column]);
      }
    }
  }
  return values;
}

}  // namespace umb
