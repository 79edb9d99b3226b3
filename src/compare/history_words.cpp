// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "compare/comparison_words.h"
#include "compare/history.h"
#include "compare/words.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace umb {

namespace {

std::string formatted(const char* format, double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

/// "since B", "between A and B" where A was the last one measured, with "until C" behind it.
std::string place_in_words(const History& history, const HistoryChange& change) {
  const auto name = [&](size_t build) { return history.builds[build].name; };
  const bool gap = change.last_before + 1 < change.at;
  std::string text = gap ? "begun between " + name(change.last_before) + " and " + name(change.at)
                         : (change.until.has_value() ? "from " : "since ") + name(change.at);
  if (change.until.has_value()) text += (gap ? ", until " : " until ") + name(*change.until);
  return text;
}

std::string effect(const HistorySeries& series, const HistoryChange& change) {
  if (change.before <= 0 || change.after <= 0) return change.after > change.before ? "higher" : "lower";
  const bool judged = change.kind == HistoryKind::kLevel;
  return effect_in_words(change.after / change.before, judged ? series.better : "");
}

std::string spread(const HistorySeries& series, double value) {
  return series.linear ? history_figure_in_words(value, series.unit) : formatted("%.2g%%", 100 * std::expm1(value));
}

std::string what(const History& history, const HistorySeries& series, const HistoryChange& change) {
  switch (change.kind) {
    case HistoryKind::kSmall:
      return "a change of less than " + exact_percent(history.threshold);
    case HistoryKind::kSpread:
      return "the spread changed (" + spread(series, change.spread_before) + " -> " +
             spread(series, change.spread_after) + ")";
    case HistoryKind::kLevel:
    case HistoryKind::kUnjudged:
      break;
  }
  return effect(series, change);
}

}  // namespace

const char* history_kind_name(HistoryKind kind) {
  switch (kind) {
    case HistoryKind::kLevel:
      return "level";
    case HistoryKind::kUnjudged:
      return "unjudged";
    case HistoryKind::kSmall:
      return "small";
    case HistoryKind::kSpread:
      return "spread";
  }
  return "";
}

std::string history_figure_in_words(double value, const std::string& unit) {
  return unit == "ns" ? duration(value) : formatted("%.4g", value) + (unit.empty() ? "" : " " + unit);
}

std::string change_in_words(const History& history, const HistorySeries& series, const HistoryChange& change) {
  std::string text = what(history, series, change) + " " + place_in_words(history, change) + ": " +
                     history_figure_in_words(change.before, series.unit) + " -> " +
                     history_figure_in_words(change.after, series.unit) + ", p " + formatted("%.3g", change.p_value);
  if (change.kind == HistoryKind::kUnjudged) return text + "; not judged: " + change.with;
  return change.with.empty() ? text : text + "; " + change.with;
}

}  // namespace umb
