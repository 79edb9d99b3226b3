// SPDX-License-Identifier: Apache-2.0
#include "render/comparison_text.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace umb {

namespace {

constexpr size_t kLetters = 26;

std::string formatted(const char* format, double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

/// Around 1 three decimals, so that an interval's ends can be compared; else three digits.
std::string ratio_figure(std::optional<double> ratio) {
  return ratio && *ratio >= 0.1 && *ratio < 10 ? formatted("%.3f", *ratio) : three_digits(ratio);
}

const char* verdict_sign(Verdict verdict, bool unicode) {
  switch (verdict) {
    case Verdict::kSlower:
      return unicode ? "▲" : "+";
    case Verdict::kFaster:
      return unicode ? "▼" : "-";
    case Verdict::kSame:
      return "=";
    case Verdict::kInconclusive:
      return "?";
    case Verdict::kIncomparable:
      return "!";
  }
  return "?";
}

}  // namespace

std::string verdict_text(Verdict verdict, bool unicode) {
  return std::string(verdict_sign(verdict, unicode)) + " " + verdict_name(verdict);
}

std::string verdict_text(const Row& row, bool unicode) {
  const bool fails_otherwise = row.fails && row.verdict != Verdict::kSlower;
  std::vector<std::string> behind = row.marks;
  if (fails_otherwise) behind.insert(behind.begin(), verdict_name(row.verdict));
  const std::string failing = std::string(unicode ? "✗" : "x") + (row.fails_by_waits ? " more waits" : " fails");
  const std::string start = fails_otherwise ? failing : verdict_text(row.verdict, unicode);
  return behind.empty() ? start : start + " (" + join(behind, ", ") + ")";
}

std::string share_text(std::optional<double> share) {
  if (!share || !std::isfinite(*share)) return "-";
  return formatted(std::fabs(*share) < 0.0995 ? "%.2g%%" : "%.0f%%", *share * 100);
}

std::string level_text(double level) {
  return formatted("%g", level);
}

std::string ratio_text(const QuantileResult& result) {
  if (!result.low || !result.high) return ratio_figure(result.ratio);
  return ratio_figure(result.ratio) + " [" + ratio_figure(result.low) + ", " + ratio_figure(result.high) + "]";
}

std::string adjusted_text(const QuantileResult& result) {
  if (!result.adjusted || !std::isfinite(*result.adjusted)) return "-";
  return std::string(result.gated ? "p " : "q ") +
         (*result.adjusted < 0.0001 ? "<0.0001" : three_digits(result.adjusted));
}

std::string figures_text(const Row& row, const QuantileResult& result, const std::string& letter) {
  const TimeUnit unit = figure_unit({&row});
  const std::string behind = row.unit == "1" ? "" : std::string(" ") + unit.name;
  return quantile_name(result.p) + " " + time_figure(result.baseline, unit) + behind + " (A), " +
         time_figure(result.candidate, unit) + behind + " (" + letter + "): " + letter + "/A " + ratio_text(result) +
         ", " + adjusted_text(result);
}

std::vector<std::string> sentences(const Row& row) {
  std::vector<std::string> all;
  if (!row.words.empty()) all.push_back(row.words);
  for (const std::string& note : row.notes) {
    if (note != row.words) all.push_back(note);
  }
  return all;
}

std::string side_letter(size_t index) {
  return index < kLetters ? std::string(1, static_cast<char>('A' + index)) : "S" + std::to_string(index + 1);
}

std::string counted(size_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

TimeUnit figure_unit(const std::vector<const Row*>& rows) {
  if (rows.empty()) return time_unit(0);
  if (rows[0]->unit != "ns") return {rows[0]->unit.c_str(), 1};
  double largest = 0;
  for (const Row* row : rows)
    largest = std::max({largest, row->baseline.p50.value_or(0), row->candidate.p50.value_or(0)});
  return time_unit(largest);
}

std::string metric_title(const std::string& metric, const std::string& unit) {
  const std::string name = metric.ends_with("_ns") ? metric.substr(0, metric.size() - 3) : metric;
  return unit == "1" ? name : name + " in " + unit;
}

std::string pair_title(const Comparison& comparison, const Pair& pair) {
  std::vector<std::string> parts{side_letter(pair.candidate) + " (" + comparison.sides[pair.candidate].name +
                                 ") against A (" + comparison.sides[0].name + ")"};
  if (pair.paired) parts.push_back("paired by " + pair.unit);
  if (pair.across_sessions) parts.emplace_back("across sessions");
  if (pair.threshold != comparison.threshold) parts.push_back("smallest effect " + exact_percent(pair.threshold));
  return join(parts, ", ");
}

}  // namespace umb
