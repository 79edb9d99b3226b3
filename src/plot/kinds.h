// SPDX-License-Identifier: Apache-2.0
// Which kinds of plots there are. Each is a function here and a script of its name in plots/.
#pragma once

#include "plot/figure.h"
#include "plot/plot_cases.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

struct PlotKind {
  const char* name;     ///< as in --kind NAME
  const char* summary;  ///< one line: what it shows
  const char* without;  ///< why there may be nothing to show
  Figure (*figure)(const PlotSubject& subject);
};

/// In the order in which help and pages show them.
[[nodiscard]] std::span<const PlotKind> plot_kinds();
/// Null when there is none of that name.
[[nodiscard]] const PlotKind* find_plot_kind(std::string_view name);
[[nodiscard]] std::vector<std::string> plot_kind_names();

/// The figure of that kind, with its title; without panels where there is nothing to show.
[[nodiscard]] Figure make_figure(const PlotKind& kind, const PlotSubject& subject);

/// The functions of the list.
[[nodiscard]] Figure distribution_figure(const PlotSubject& subject);
[[nodiscard]] Figure boots_figure(const PlotSubject& subject);
[[nodiscard]] Figure drift_figure(const PlotSubject& subject);
[[nodiscard]] Figure matrix_figure(const PlotSubject& subject);
[[nodiscard]] Figure growth_figure(const PlotSubject& subject);
[[nodiscard]] Figure return_released_figure(const PlotSubject& subject);
[[nodiscard]] Figure causes_figure(const PlotSubject& subject);

}  // namespace umb
