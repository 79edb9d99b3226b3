// SPDX-License-Identifier: Apache-2.0
#include "plot/plot_cases.h"

#include "base/text.h"
#include "compare/case_ids.h"
#include "plot/text_fit.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace umb {

namespace {

constexpr const char* kRcu = "rcu";

bool contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
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

void say_what_is_left_out(const PlotSubject& subject, size_t panels, size_t most_sides, Figure& figure) {
  if (panels > figure.panels.size()) {
    figure.notes.push_back(std::to_string(figure.panels.size()) + " of " + std::to_string(panels) +
                           " groups of cases are shown.");
  }
  if (subject.sides.size() > most_sides) {
    figure.notes.push_back(std::to_string(most_sides) + " of " + std::to_string(subject.sides.size()) +
                           " sides are shown.");
  }
}

bool has_rcu_modes(const std::vector<PlotGroup>& groups) {
  std::set<std::string> modes;
  for (const PlotGroup& group : groups) {
    for (const PlotCase& one : group.cases) modes.insert(one.rcu);
  }
  return modes.size() > 1;
}

/// What is drawn of a group, each case in its style.
struct Chosen {
  const PlotGroup* group = nullptr;
  std::vector<std::pair<const PlotCase*, size_t>> cases;
};

struct Choice {
  std::vector<Chosen> panels;
  std::vector<std::string> labels;  ///< one a style
  size_t curves = 0;                ///< of all panels
  size_t with_anything = 0;         ///< groups that have something to show, drawn or not
  std::set<std::string> without_colour;
};

/// "6.12.1, rcu=normal": what tells the cases of a group apart; the side's name where nothing does.
std::string label_of(const std::vector<std::string>& sides, const PlotCase& one, bool with_rcu) {
  const std::string mode = with_rcu && !one.rcu.empty() ? "rcu=" + one.rcu : "";
  if (mode.empty()) return sides[one.side];
  return sides.size() > 1 ? sides[one.side] + ", " + mode : mode;
}

Choice choose(const PlotSubject& subject, const std::vector<PlotGroup>& groups, const DrawCase& draw, Colours colours) {
  const bool with_rcu = has_rcu_modes(groups);
  const std::vector<std::string> sides = side_names(subject);
  const auto shows = [&](const PlotCase& one) { return !draw(one, kMostPanels * kMostStyles).points.empty(); };
  Choice choice;
  for (const PlotGroup& group : groups) {
    if (choice.panels.size() == kMostPanels) {
      choice.with_anything += std::ranges::any_of(group.cases, shows) ? 1 : 0;
      continue;
    }
    Chosen chosen{&group, {}};
    for (const PlotCase& one : group.cases) {
      if (!shows(one)) continue;
      if (colours == Colours::kNone) {
        chosen.cases.emplace_back(&one, 0);
        continue;
      }
      const std::string label = label_of(sides, one, with_rcu);
      const auto found = std::ranges::find(choice.labels, label);
      if (found == choice.labels.end() && choice.labels.size() == kMostStyles) {
        choice.without_colour.insert(label);
        continue;
      }
      chosen.cases.emplace_back(&one, static_cast<size_t>(found - choice.labels.begin()));
      if (found == choice.labels.end()) choice.labels.push_back(label);
    }
    if (chosen.cases.empty()) continue;
    choice.curves += chosen.cases.size();
    ++choice.with_anything;
    choice.panels.push_back(std::move(chosen));
  }
  return choice;
}

}  // namespace

std::vector<PlotGroup> plot_groups(const PlotSubject& subject, const std::vector<std::string>& without,
                                   size_t most_sides) {
  std::vector<std::string> left_out = without;
  left_out.insert(left_out.end(), subject.by_parameters.begin(), subject.by_parameters.end());
  const bool by_rcu = contains(subject.by_parameters, kRcu);
  left_out.emplace_back(kRcu);
  std::vector<PlotGroup> groups;
  std::map<std::string, size_t> places;
  for (size_t side = 0; side < std::min(subject.sides.size(), most_sides); ++side) {
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

std::vector<std::string> side_names(const PlotSubject& subject, double width) {
  std::vector<std::string> names;
  names.reserve(subject.sides.size());
  for (const Side& side : subject.sides) names.push_back(side.name);
  return fitted(names, width);
}

Figure panels_of(const PlotSubject& subject, const std::vector<PlotGroup>& groups, const DrawCase& draw,
                 Colours colours) {
  const Choice choice = choose(subject, groups, draw, colours);
  Figure figure;
  figure.legend = choice.labels;
  std::vector<std::string> ids;
  for (const Chosen& chosen : choice.panels) {
    Panel& panel = figure.panels.emplace_back();
    for (const auto& [one, style] : chosen.cases) {
      panel.curves.push_back(draw(*one, choice.curves));
      panel.curves.back().style = style;
    }
    ids.push_back(chosen.group->id);
  }
  add_titles(figure, ids);
  say_what_is_left_out(subject, choice.with_anything, colours == Colours::kNone ? kMostRows : kMostStyles, figure);
  if (!choice.without_colour.empty()) {
    figure.notes.push_back("Left out, since there are only " + std::to_string(kMostStyles) + " colours: " +
                           join({choice.without_colour.begin(), choice.without_colour.end()}, "; ") + ".");
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
