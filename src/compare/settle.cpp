// SPDX-License-Identifier: Apache-2.0
#include "compare/comparison_words.h"
#include "compare/pair_judge.h"
#include "compare/words.h"
#include "stats/adjust.h"
#include "stats/planning.h"
#include "stats/rank_sum.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace umb {

namespace {

using AllPending = std::vector<std::unique_ptr<Pending>>;

Row& row_of(Comparison& comparison, const Pending& one) {
  return comparison.pairs[one.pair].rows[one.row];
}

QuantileResult& result_of(Comparison& comparison, const Pending& one) {
  return row_of(comparison, one).quantiles[one.quantile];
}

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  return text;
}

void use_welch(const CompareOptions& options, const AllPending& pending, Comparison& comparison) {
  for (const auto& one : pending) {
    if (!result_of(comparison, *one).gated) continue;
    use_welch_where_exact_cannot(one->input, comparison.gate_size, one->judged);
    if (one->judged.method != Method::kExactWelch) continue;
    const size_t a = one->input.baseline.size();
    const size_t b = one->input.candidate.size();
    row_of(comparison, *one)
        .notes.push_back("p is Welch's: the exact test can't get below " + short_number(smallest_rank_sum_p(a, b)) +
                         " with " + std::to_string(a) + " and " + std::to_string(b) + " units, and " +
                         std::to_string(comparison.gate_size) + " gated tests ask for " +
                         short_number(options.alpha / static_cast<double>(comparison.gate_size)));
  }
}

/// Holm over the gate family, Benjamini-Hochberg over the rest.
void adjust(const AllPending& pending, Comparison& comparison, bool gated) {
  std::vector<QuantileResult*> results;
  std::vector<double> p_values;
  for (const auto& one : pending) {
    QuantileResult& result = result_of(comparison, *one);
    if (result.gated != gated || !one->judged.p_value.has_value()) continue;
    results.push_back(&result);
    p_values.push_back(*one->judged.p_value);
  }
  const std::vector<double> adjusted = gated ? holm(p_values) : benjamini_hochberg(p_values);
  for (size_t i = 0; i < results.size(); ++i) results[i]->adjusted = adjusted[i];
}

std::optional<double> exp_of(const std::optional<LogInterval>& interval, double LogInterval::*end) {
  if (!interval.has_value()) return std::nullopt;
  return std::exp((*interval).*end);
}

double mean_exp(const std::vector<double>& logs) {
  double sum = 0;
  for (const double value : logs) sum += value;
  return std::exp(sum / static_cast<double>(logs.size()));
}

void fill(const Pending& one, double threshold, double alpha, const std::string& better, QuantileResult& result) {
  const Judged& judged = one.judged;
  result.method = judged.method;
  result.baseline = mean_exp(one.values.baseline);
  result.candidate = mean_exp(one.values.candidate);
  result.ratio = std::exp(judged.log_ratio);
  result.low = exp_of(judged.interval, &LogInterval::low);
  result.high = exp_of(judged.interval, &LogInterval::high);
  result.rank_low = exp_of(judged.rank_interval, &LogInterval::low);
  result.rank_high = exp_of(judged.rank_interval, &LogInterval::high);
  result.p_value = judged.p_value;
  const int sign = better == "lower" ? 1 : better == "higher" ? -1 : 0;
  result.verdict = decide(judged, result.adjusted, threshold, alpha, sign);
  result.beyond_threshold = beyond(judged, threshold);
  if (result.verdict == Verdict::kInconclusive && judged.method != Method::kNone) {
    result.units_wanted = units_wanted(judged.pooled_sd, threshold);
  }
}

/// The worst first; what is open comes before what is better.
int badness(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSlower:
      return 4;
    case Verdict::kIncomparable:
      return 3;
    case Verdict::kFaster:
      return 2;
    case Verdict::kInconclusive:
      return 1;
    case Verdict::kSame:
      break;
  }
  return 0;
}

void judge_row(Row& row) {
  if (row.verdict == Verdict::kIncomparable) {
    for (QuantileResult& one : row.quantiles) one.verdict = Verdict::kIncomparable;
    return;
  }
  row.verdict = Verdict::kSame;
  bool any = false;
  for (const QuantileResult& one : row.quantiles) {
    if (!decides(row, one)) continue;
    any = true;
    if (badness(one.verdict) > badness(row.verdict)) row.verdict = one.verdict;
  }
  if (!any) row.verdict = Verdict::kInconclusive;
}

void apply_marks(const Comparison& comparison, const Pair& pair, Row& row) {
  const std::string& candidate = comparison.sides[pair.candidate].name;
  const bool moved = std::ranges::find(row.marks, "moved") != row.marks.end();
  if (row.verdict == Verdict::kFaster && (moved || (row.fails && !row.fails_by_waits))) {
    row.verdict = Verdict::kInconclusive;
    if (moved) {
      row.notes.insert(row.notes.begin(), "moved: with " + candidate +
                                              " the call returns sooner, but what it held is free later: the wait "
                                              "went elsewhere");
    } else {
      row.notes.push_back("the call returns sooner with " + candidate + ", but not as it should");
    }
  } else if (moved) {
    std::erase(row.marks, "moved");
  }
  const bool provisional =
      std::ranges::any_of(row.quantiles, [](const QuantileResult& one) { return one.method == Method::kProfile; });
  if (provisional) row.marks.emplace_back("provisional");
  if (pair.across_sessions) row.marks.emplace_back("across sessions");
  if (row.verdict == Verdict::kSlower && row.gated && !provisional) row.fails = true;
}

std::optional<size_t> wanted_of(const Row& row) {
  std::optional<size_t> wanted = 0;
  for (const QuantileResult& one : row.quantiles) {
    if (!decides(row, one) || one.verdict != Verdict::kInconclusive) continue;
    if (!one.units_wanted.has_value()) return std::nullopt;
    wanted = std::max(*wanted, *one.units_wanted);
  }
  return wanted;
}

/// Only now: in a verdict "moved" means the release.
void mark_waits(Row& row) {
  const bool marked = std::ranges::find(row.marks, "moved") != row.marks.end();
  if (row.waits == WaitChange::kMoved && !marked) row.marks.emplace_back("moved");
}

void say(const Comparison& comparison, const Pair& pair, Row& row) {
  const bool moved = std::ranges::find(row.marks, "moved") != row.marks.end();
  if (moved && row.verdict == Verdict::kInconclusive) {
    row.words = "returns sooner, but releases later";
  } else if (row.fails && row.verdict != Verdict::kSlower) {
    row.words = row.notes.empty() ? "failed with " + comparison.sides[pair.candidate].name : row.notes.front();
  } else {
    row.words = row_words(row, pair, wanted_of(row));
  }
}

}  // namespace

Verdict overall(const Comparison& comparison) {
  bool slower = false, faster = false, open = false, same = false, explored = false;
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) {
      explored = explored || row.verdict != Verdict::kIncomparable;
      if (!row.gated) continue;
      slower = slower || row.verdict == Verdict::kSlower;
      faster = faster || row.verdict == Verdict::kFaster;
      same = same || row.verdict == Verdict::kSame;
      open = open || row.verdict == Verdict::kInconclusive;
    }
  }
  if (slower) return Verdict::kSlower;
  if (open) return Verdict::kInconclusive;
  if (faster) return Verdict::kFaster;
  if (same) return Verdict::kSame;
  return explored ? Verdict::kInconclusive : Verdict::kIncomparable;
}

void settle(const CompareOptions& options, const AllPending& pending, Comparison& comparison) {
  comparison.gate_size = 0;
  for (const auto& one : pending) comparison.gate_size += result_of(comparison, *one).gated ? 1 : 0;
  use_welch(options, pending, comparison);
  adjust(pending, comparison, true);
  adjust(pending, comparison, false);
  for (const auto& one : pending) {
    const double threshold = comparison.pairs[one->pair].threshold;
    fill(*one, threshold, options.alpha, row_of(comparison, *one).better, result_of(comparison, *one));
  }
  for (Pair& pair : comparison.pairs) {
    for (Row& row : pair.rows) {
      judge_row(row);
      apply_marks(comparison, pair, row);
      say(comparison, pair, row);
      mark_waits(row);
    }
  }
}

}  // namespace umb
