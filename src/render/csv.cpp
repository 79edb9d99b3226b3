// SPDX-License-Identifier: Apache-2.0
#include "render/csv.h"

#include "base/text.h"
#include "render/comparison_rows.h"
#include "render/comparison_text.h"
#include "render/escape.h"
#include "render/figures.h"

#include <algorithm>
#include <vector>

namespace umb {

namespace {

std::string truth(bool value) {
  return value ? "true" : "false";
}

/// A column's name, and its cell; they stand together so that none is forgotten.
struct Cell {
  const char* name;
  std::string text;
};

class Csv {
 public:
  void add(const std::vector<Cell>& cells) {
    std::vector<std::string> names;
    std::vector<std::string> texts;
    for (const Cell& cell : cells) {
      names.emplace_back(cell.name);
      texts.push_back(csv_cell(cell.text));
    }
    if (text_.empty()) text_ = join(names, ",") + "\n";
    text_ += join(texts, ",") + "\n";
  }
  /// A table without rows says which columns it would have.
  [[nodiscard]] std::string text(const std::vector<Cell>& empty_row) {
    if (text_.empty()) {
      add(empty_row);
      text_.erase(text_.find('\n') + 1);
    }
    return text_;
  }

 private:
  std::string text_;
};

std::string usual_waits(const SideFigures& side) {
  return side.waits ? std::to_string(side.waits->usual) : "";
}

std::vector<Cell> cells_of(const std::string& baseline, const std::string& candidate, const Pair& pair, const Row& row,
                           const QuantileResult& result) {
  return {{"baseline", baseline},
          {"candidate", candidate},
          {"case", row.id},
          {"metric", row.metric},
          {"unit", row.unit},
          {"quantile", row.quantiles.empty() ? "" : exact_figure(result.p)},
          {"baseline_value", exact_figure(result.baseline)},
          {"candidate_value", exact_figure(result.candidate)},
          {"ratio", exact_figure(result.ratio)},
          {"ratio_low", exact_figure(result.low)},
          {"ratio_high", exact_figure(result.high)},
          {"p_value", exact_figure(result.p_value)},
          {"adjusted", exact_figure(result.adjusted)},
          {"gated", truth(result.gated)},
          {"method", method_name(result.method)},
          {"quantile_verdict", row.quantiles.empty() ? "" : verdict_name(result.verdict)},
          {"case_verdict", verdict_name(row.verdict)},
          {"case_fails", truth(row.fails)},
          {"marks", join(row.marks, "; ")},
          {"words", row.words},
          {"notes", join(row.notes, "; ")},
          {"unit_of_comparison", pair.unit},
          {"baseline_units", std::to_string(row.baseline.units)},
          {"candidate_units", std::to_string(row.candidate.units)},
          {"baseline_samples", std::to_string(row.baseline.samples)},
          {"candidate_samples", std::to_string(row.candidate.samples)},
          {"baseline_spread", exact_figure(row.baseline.spread)},
          {"candidate_spread", exact_figure(row.candidate.spread)},
          {"grace_period_waits", wait_change_name(row.waits)},
          {"baseline_grace_period_waits", usual_waits(row.baseline)},
          {"candidate_grace_period_waits", usual_waits(row.candidate)}};
}

std::vector<Cell> cells_of(const RunView& view, const CaseRecord& one, const CaseSummary& summary) {
  return {{"source", run_name(view)},
          {"kernel_release", fact_text(view.record.environment_before, "kernel_release")},
          {"label", view.record.run.label},
          {"started_at", view.record.run.started_at},
          {"boot_id", view.record.boot_id},
          {"case", one.spec.id},
          {"outcome", one.outcome},
          {"reason", one.reason},
          {"counted", std::to_string(summary.counted)},
          {"failed", std::to_string(summary.failed)},
          {"min_ns", exact_figure(summary.min_ns)},
          {"p50_ns", exact_figure(summary.p50_ns)},
          {"p90_ns", exact_figure(summary.p90_ns)},
          {"p99_ns", exact_figure(summary.p99_ns)},
          {"max_ns", exact_figure(summary.max_ns)},
          {"released_p50_ns", exact_figure(summary.released_p50_ns)},
          {"switches_per_call", exact_figure(summary.switches_per_call)},
          {"thread_cpu_p50_ns", exact_figure(summary.thread_cpu_p50_ns)}};
}

}  // namespace

std::string csv_run(RunViews runs, const RenderOptions&) {
  Csv csv;
  for (const RunView& view : runs) {
    for (size_t i = 0; i < std::min(view.record.cases.size(), view.summaries.size()); ++i) {
      csv.add(cells_of(view, view.record.cases[i], view.summaries[i]));
    }
  }
  const RunRecord nothing;
  const std::vector<CaseSummary> none;
  return csv.text(cells_of({nothing, none}, {}, {}));
}

std::string csv_comparison(const ComparisonView& view, const RenderOptions&) {
  Csv csv;
  const std::vector<Side>& sides = view.comparison.sides;
  for (const Pair& pair : view.comparison.pairs) {
    const std::string& candidate = sides[pair.candidate].name;
    for (const Row& row : pair.rows) {
      for (const QuantileResult& result : row.quantiles) {
        csv.add(cells_of(sides[0].name, candidate, pair, row, result));
      }
      if (row.quantiles.empty()) csv.add(cells_of(sides[0].name, candidate, pair, row, {}));
    }
  }
  return csv.text(cells_of("", "", {}, {}, {}));
}

}  // namespace umb
