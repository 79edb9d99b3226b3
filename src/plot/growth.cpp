// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "compare/over_boots.h"
#include "plot/axis.h"
#include "plot/kinds.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace umb {

namespace {

std::optional<double> number_of(const Case& spec, const std::string& name) {
  const Result<int64_t> number = parse_integer(spec.value(name), 1, std::numeric_limits<int64_t>::max());
  if (!number.has_value()) return std::nullopt;
  return static_cast<double>(*number);
}

/// Parameters whose values are different whole numbers: those that are looked for first.
std::vector<std::string> growing(const std::vector<PlotGroup>& groups) {
  constexpr std::array<const char*, 2> kWanted{"mounts", "umounters"};
  std::vector<std::string> order(kWanted.begin(), kWanted.end());
  std::map<std::string, std::set<double>> values;
  for (const PlotGroup& group : groups) {
    for (const PlotCase& one : group.cases) {
      for (const Parameter& parameter : one.spec->parameters) {
        const std::optional<double> number = number_of(*one.spec, parameter.name);
        if (!number) continue;
        values[parameter.name].insert(*number);
        if (std::ranges::find(order, parameter.name) == order.end()) order.push_back(parameter.name);
      }
    }
  }
  std::erase_if(order, [&](const std::string& name) { return values[name].size() < 2; });
  return order;
}

using Rows = std::vector<std::vector<double>>;

/// Leaves one case a side and mode in the group; the line through all of them is told by that one's spec.
void draw_lines(PlotGroup& group, const std::string& name, std::map<const Case*, Rows>& lines) {
  std::map<std::pair<size_t, std::string>, PlotCase> first;
  for (const PlotCase& one : group.cases) {
    const std::optional<double> number = number_of(*one.spec, name);
    const double p50 = typical_p50_ns(one.boots) * 1e-9;
    if (!number || !(p50 > 0)) continue;
    const PlotCase& line = first.try_emplace({one.side, one.rcu}, one).first->second;
    lines[line.spec].push_back({*number, p50});
  }
  group.cases.clear();
  for (const auto& [key, one] : first) {
    std::ranges::sort(lines[one.spec]);
    if (lines[one.spec].size() > 1) group.cases.push_back(one);
  }
}

}  // namespace

Figure growth_figure(const PlotSubject& subject) {
  const std::vector<std::string> names = growing(plot_groups(subject));
  if (names.empty()) return {};
  std::vector<PlotGroup> groups = plot_groups(subject, {names[0]});
  std::map<const Case*, Rows> lines;
  for (PlotGroup& group : groups) draw_lines(group, names[0], lines);
  Figure figure = panels_of(subject, groups, [&](const PlotCase& one, size_t) {
    Curve curve;
    curve.points = lines[one.spec];
    return curve;
  });
  for (Panel& panel : figure.panels) {
    panel.x = count_axis(column_of(panel, 0), 6);
    panel.y = time_axis(column_of(panel, 1), 6);
  }
  figure.x_name = names[0];
  figure.notes.insert(figure.notes.begin(), "Geometric mean of the boots' medians over " + names[0] +
                                                "; both axes are logarithmic, so that a straight line is a power.");
  return figure;
}

}  // namespace umb
