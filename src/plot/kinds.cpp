// SPDX-License-Identifier: Apache-2.0
#include "plot/kinds.h"

#include <array>

namespace umb {

namespace {

constexpr std::array<PlotKind, 7> kKinds{{
    {"distribution", "Distribution of the time until the call returned",
     "no case was measured, or the samples are gone", distribution_figure},
    {"boots", "Medians of the boots", "it needs more than one boot", boots_figure},
    {"drift", "Time until return over the calls, in their order", "no case was measured, or the samples are gone",
     drift_figure},
    {"matrix", "Median by kernel and RCU mode", "it needs a case in more than one RCU mode or kernel", matrix_figure},
    {"growth", "Median over a growing parameter", "it needs cases that differ in a number, such as mounts or umounters",
     growth_figure},
    {"return-released", "Time until release over the time until return", "no case was timed by both clocks",
     return_released_figure},
    {"causes", "Where the time of a call goes", "no pass looked at where the time goes: measure with run --explain",
     causes_figure},
}};

}  // namespace

std::span<const PlotKind> plot_kinds() {
  return kKinds;
}

const PlotKind* find_plot_kind(std::string_view name) {
  for (const PlotKind& kind : kKinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

std::vector<std::string> plot_kind_names() {
  std::vector<std::string> names;
  names.reserve(kKinds.size());
  for (const PlotKind& kind : kKinds) names.emplace_back(kind.name);
  return names;
}

Figure make_figure(const PlotKind& kind, const PlotSubject& subject) {
  Figure figure = kind.figure(subject);
  figure.kind = kind.name;
  figure.title = std::string(kind.summary) + (figure.title.empty() ? "" : ": " + figure.title);
  return figure;
}

}  // namespace umb
