// SPDX-License-Identifier: Apache-2.0
#include "render/comparison_rows.h"

#include "render/comparison_text.h"

#include <algorithm>

namespace umb {

namespace {

int severity(const Row& row) {
  if (row.fails) return 0;
  switch (row.verdict) {
    case Verdict::kSlower:
      return 1;
    case Verdict::kIncomparable:
      return 2;
    case Verdict::kInconclusive:
      return 3;
    case Verdict::kFaster:
      return 4;
    case Verdict::kSame:
      return 5;
  }
  return 5;
}

/// Nothing to be told of it but that it is the same. "across sessions" is said of the whole pair too.
bool is_plainly_same(const Row& row, double alpha) {
  const bool marked = std::any_of(row.marks.begin(), row.marks.end(),
                                  [](const std::string& mark) { return mark != "across sessions"; });
  const bool has_outstanding = std::any_of(row.quantiles.begin(), row.quantiles.end(),
                                           [&](const QuantileResult& result) { return stands_out(result, alpha); });
  const bool waits_alike = row.waits == WaitChange::kUnknown || row.waits == WaitChange::kSame;
  return row.verdict == Verdict::kSame && !row.fails && !marked && waits_alike && !has_outstanding;
}

Unmatched unmatched(const Comparison& comparison, const std::string& id, size_t has, size_t lacks) {
  for (const BootDigest& boot : comparison.sides[lacks].boots) {
    for (const CaseDigest& one : boot.whole.cases) {
      if (one.spec.id == id && one.outcome != "measured") return {id, has, lacks, one.outcome, one.reason};
    }
  }
  return {id, has, lacks, "", ""};
}

}  // namespace

const QuantileResult& deciding_quantile(const Row& row) {
  static const QuantileResult kNothing;
  const QuantileResult* found = deciding(row);
  return found != nullptr ? *found : kNothing;
}

bool stands_out(const QuantileResult& result, double alpha) {
  return !result.gated && result.beyond_threshold && result.adjusted && *result.adjusted < alpha;
}

std::vector<const QuantileResult*> shown_quantiles(const Row& row, const ComparisonView& view) {
  const QuantileResult* deciding = &deciding_quantile(row);
  std::vector<const QuantileResult*> shown{deciding};
  for (const bool gated : {true, false}) {
    for (const QuantileResult& one : row.quantiles) {
      const bool wanted = one.gated || view.all || stands_out(one, view.comparison.alpha);
      if (one.gated == gated && wanted && &one != deciding) shown.push_back(&one);
    }
  }
  return shown;
}

std::vector<const Row*> worst_first(const Pair& pair) {
  std::vector<const Row*> rows;
  rows.reserve(pair.rows.size());
  for (const Row& row : pair.rows) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row* one, const Row* other) { return severity(*one) < severity(*other); });
  return rows;
}

ShownRows shown_rows(const Pair& pair, const ComparisonView& view) {
  ShownRows shown{worst_first(pair)};
  if (!view.all) {
    shown.folded =
        std::erase_if(shown.rows, [&](const Row* row) { return is_plainly_same(*row, view.comparison.alpha); });
  }
  return shown;
}

std::string folded_line(const Pair& pair, const ShownRows& shown) {
  if (shown.folded == 0) return {};
  return std::to_string(shown.folded) + " of " + counted(pair.rows.size(), "case") + " the same within " +
         exact_percent(pair.threshold);
}

std::vector<Unmatched> unmatched_cases(const Comparison& comparison, const Pair& pair) {
  std::vector<Unmatched> all;
  all.reserve(pair.only_baseline.size() + pair.only_candidate.size());
  for (const std::string& id : pair.only_baseline) all.push_back(unmatched(comparison, id, 0, pair.candidate));
  for (const std::string& id : pair.only_candidate) all.push_back(unmatched(comparison, id, pair.candidate, 0));
  return all;
}

std::string unmatched_text(const Unmatched& one) {
  const std::string why =
      one.outcome.empty() ? "" : " (" + one.outcome + " in " + side_letter(one.lacks) + ": " + one.reason + ")";
  return "only in " + side_letter(one.has) + ": " + one.id + why;
}

}  // namespace umb
