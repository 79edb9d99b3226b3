// SPDX-License-Identifier: Apache-2.0
// The figures of single rounds, a column for each: one value per round, or one for all of them.
#include "result/baseline_case.h"
#include "result/json_put.h"

#include <algorithm>

namespace umb {

namespace {

using Figures = std::vector<std::optional<double>>;

void put_figures(JsonStream& out, const Figures& figures) {
  const bool one_for_all = std::ranges::all_of(figures, [&](const auto& one) { return one && one == figures.front(); });
  if (one_for_all) return put_number(out, figures.front().value_or(0));
  out.begin_array(JsonStream::kInline);
  for (const std::optional<double>& one : figures) one ? put_number(out, *one) : out.null();
  out.end_array();
}

/// A column with the figure that `get` finds in each round; left out where all are the usual one.
template <typename Get>
void put_column(JsonStream& out, const char* key, const std::vector<const CaseDigest*>& rounds,
                std::optional<double> usual, const Get& get) {
  Figures figures;
  for (const CaseDigest* round : rounds) figures.push_back(get(*round));
  if (std::ranges::all_of(figures, [&](const auto& one) { return one == usual; })) return;
  out.key(key);
  put_figures(out, figures);
}

/// A list of the rounds' lists; left out where all are empty.
template <typename Get, typename Put>
void put_lists(JsonStream& out, const char* key, const std::vector<const CaseDigest*>& rounds, const Get& get,
               const Put& put) {
  if (std::ranges::all_of(rounds, [&](const CaseDigest* round) { return get(*round).empty(); })) return;
  out.key(key);
  out.begin_array();
  for (const CaseDigest* round : rounds) put(out, get(*round));
  out.end_array();
}

void put_round_metric(JsonStream& out, size_t index, const std::vector<const CaseDigest*>& rounds,
                      const std::vector<double>& places) {
  out.begin_object();
  const bool all_counted = std::ranges::all_of(
      rounds, [&](const CaseDigest* round) { return round->metrics[index].count == worked_of(*round); });
  if (!all_counted) {
    put_column(out, "count", rounds, {},
               [&](const CaseDigest& one) { return static_cast<double>(one.metrics[index].count); });
  }
  put_column(out, "minimum", rounds, 0, [&](const CaseDigest& one) { return one.metrics[index].minimum; });
  put_column(out, "maximum", rounds, 0, [&](const CaseDigest& one) { return one.metrics[index].maximum; });
  const bool any =
      std::ranges::any_of(rounds, [&](const CaseDigest* round) { return !round->metrics[index].quantiles.empty(); });
  if (any && !places.empty()) {
    out.key("quantiles");
    out.begin_array();
    for (const double place : places) {
      Figures figures;
      for (const CaseDigest* round : rounds) {
        const auto& quantiles = round->metrics[index].quantiles;
        const auto found = std::ranges::find(quantiles, place, &QuantileValue::p);
        figures.push_back(found != quantiles.end() ? std::optional(found->value) : std::nullopt);
      }
      put_figures(out, figures);
    }
    out.end_array();
  }
  out.end_object();
}

}  // namespace

void put_round_columns(JsonStream& out, const std::vector<const CaseDigest*>& rounds,
                       const std::vector<double>& places) {
  const auto errnos = [](const CaseDigest& one) -> const auto& { return one.errnos; };
  const auto modes = [](const CaseDigest& one) -> const auto& { return one.shape.modes; };
  out.begin_object();
  put_column(out, "samples", rounds, {}, [](const CaseDigest& one) { return static_cast<double>(one.samples); });
  put_lists(out, "errnos", rounds, errnos, put_errnos);
  out.key("metrics");
  out.begin_object();
  for (size_t i = 0; i < rounds.front()->metrics.size(); ++i) {
    out.key(rounds.front()->metrics[i].name);
    put_round_metric(out, i, rounds, places);
  }
  out.end_object();
  put_column(out, "autocorrelation_time", rounds, 1,
             [](const CaseDigest& one) { return one.shape.autocorrelation_time; });
  put_column(out, "trend_ratio", rounds, 1, [](const CaseDigest& one) { return one.shape.trend_ratio; });
  put_lists(out, "modes", rounds, modes, put_modes);
  out.end_object();
}

}  // namespace umb
