// SPDX-License-Identifier: Apache-2.0
// What there is to be drawn, sorted into panels and curves.
#pragma once

#include "compare/comparison.h"
#include "plot/figure.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace umb {

/// All of it must outlive what is made of it.
struct PlotSubject {
  const std::vector<Side>& sides;                 ///< their boots digested with curves
  std::vector<std::string> by_parameters = {};    ///< case parameters that the sides differ in
  std::vector<std::string> first = {};            ///< case ids (without those) that matter most, worst first
  std::function<bool(const std::string&)> shown;  ///< by the case's whole id; empty: all
};

/// One case of one side, over its boots.
struct PlotCase {
  size_t side = 0;
  const Case* spec = nullptr;
  std::string rcu;  ///< "" where the sides differ in it, or the scenario has none
  std::vector<const CaseDigest*> boots;
};

/// Cases that belong into one picture: alike but for their side and RCU mode.
struct PlotGroup {
  std::string id;  ///< without RCU mode and what else is left out
  std::vector<PlotCase> cases;
};

/// Measured ones only, at most of so many sides; what matters most first. `without`: further parameters that are left
/// out of what makes a group.
[[nodiscard]] std::vector<PlotGroup> plot_groups(const PlotSubject& subject,
                                                 const std::vector<std::string>& without = {},
                                                 size_t most_sides = kMostStyles);

/// A case's curve, left out when it has no points; `curves`: how many the figure has, which share what may be in it.
using DrawCase = std::function<Curve(const PlotCase&, size_t curves)>;
enum class Colours {
  kOfCurves,  ///< each side and mode has its own, as far as there are any
  kNone,      ///< places tell them apart
};

/// A figure that shows the groups with anything to show, a panel each and a curve a case. Styles, titles and what is
/// left out are seen to.
[[nodiscard]] Figure panels_of(const PlotSubject& subject, const std::vector<PlotGroup>& groups, const DrawCase& draw,
                               Colours colours = Colours::kOfCurves);

/// The sides' names, at most so many pixels wide, which leaves room for a mode beside them; those that differ stay
/// different.
[[nodiscard]] std::vector<std::string> side_names(const PlotSubject& subject, double width = 260);

/// All values of one column of the panel's curves (points, then marks).
[[nodiscard]] std::vector<double> column_of(const Panel& panel, size_t column);

}  // namespace umb
