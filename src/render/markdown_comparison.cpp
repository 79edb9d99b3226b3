// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/comparison_rows.h"
#include "render/comparison_text.h"
#include "render/figures.h"
#include "render/judged_text.h"
#include "render/markdown.h"
#include "render/markdown_page.h"
#include "render/side_text.h"

namespace umb {

namespace {

using Cells = std::vector<std::string>;

void add_sides(const Comparison& comparison, MarkdownPage& page) {
  std::vector<Cells> rows;
  for (size_t i = 0; i < comparison.sides.size(); ++i) {
    const SideText side = side_text(comparison, i);
    Cells cells{side.letter + (i == 0 ? " (baseline)" : ""), markdown_code_cell(side.name)};
    for (const std::string& text : {side.boots, side.kernel, side.rcu, side.measured, side.label}) {
      cells.push_back(markdown_cell(text));
    }
    rows.push_back(std::move(cells));
  }
  page.table({"side", "name", "boots", "kernel", "RCU", "measured", "label"}, rows, "sides");
}

/// "36.1 / 40.4"
std::string both(std::optional<double> baseline, std::optional<double> candidate, TimeUnit unit) {
  return time_figure(baseline, unit) + " / " + time_figure(candidate, unit);
}

std::string words_of(const Row& row) {
  Cells lines = sentences(row);
  for (std::string& line : lines) line = markdown_cell(line);
  return join(lines, "<br>");
}

/// A line per shown quantile; what is the row's own stands in the first.
std::vector<Cells> row_cells(const ComparisonView& view, const Row& row, TimeUnit unit) {
  const SideFigures& a = row.baseline;
  const SideFigures& b = row.candidate;
  std::vector<Cells> lines;
  for (const QuantileResult* result : shown_quantiles(row, view)) {
    const Cells judged{quantile_name(result->p), ratio_text(*result), adjusted_text(*result)};
    Cells cells{"", markdown_cell(verdict_text(result->verdict, true)), "", "", "", ""};
    Cells behind{"", "", ""};
    if (lines.empty()) {
      cells = {markdown_code_cell(row.id),
               markdown_cell(verdict_text(row, true)),
               words_of(row),
               both(a.p50, b.p50, unit),
               both(a.p90, b.p90, unit),
               both(a.p99, b.p99, unit)};
      behind = {std::to_string(a.units) + " / " + std::to_string(b.units),
                std::to_string(a.samples) + " / " + std::to_string(b.samples),
                share_text(a.spread) + " / " + share_text(b.spread)};
    }
    cells.insert(cells.end(), judged.begin(), judged.end());
    cells.insert(cells.end(), behind.begin(), behind.end());
    lines.push_back(std::move(cells));
  }
  return lines;
}

void add_pair(const ComparisonView& view, const Pair& pair, MarkdownPage& page) {
  const std::string letter = side_letter(pair.candidate);
  page.paragraph(pair_title(view.comparison, pair));
  page.gap();
  for (const auto* lines : {&pair.differences, &pair.warnings}) {
    for (const std::string& line : *lines) page.bullet("warning: " + line);
  }
  const ShownRows shown = shown_rows(pair, view);
  const TimeUnit unit = figure_unit(shown.rows);
  std::vector<Cells> rows;
  for (const Row* row : shown.rows) {
    for (Cells& cells : row_cells(view, *row, unit)) rows.push_back(std::move(cells));
  }
  if (!rows.empty()) {
    const std::string sides = " A / " + letter;
    page.table({"case (" + markdown_cell(metric_title(view.comparison.metric, unit.name)) + ")", "verdict", "in words",
                "p50" + sides, "p90" + sides, "p99" + sides, letter + "/A of", letter + "/A [interval]", "adjusted",
                markdown_cell(pair.unit) + "s", "samples", "spread"},
               rows, "rows");
  }
  if (shown.folded > 0) page.paragraph(folded_line(pair, shown) + ".");
  page.gap();
  for (const Unmatched& one : unmatched_cases(view.comparison, pair)) page.bullet(unmatched_text(one));
}

}  // namespace

std::string markdown_comparison(const ComparisonView& view, const RenderOptions&) {
  const Comparison& comparison = view.comparison;
  MarkdownPage page;
  page.heading(comparison.headline);
  for (const std::string& warning : comparison.warnings) page.bullet("warning: " + warning);
  add_sides(comparison, page);
  for (const Pair& pair : comparison.pairs) add_pair(view, pair, page);
  for (const std::string& line : judged_lines(comparison)) page.paragraph(line);
  return page.text();
}

}  // namespace umb
