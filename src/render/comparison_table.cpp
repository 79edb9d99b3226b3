// SPDX-License-Identifier: Apache-2.0
#include "render/comparison_table.h"

#include "base/text.h"
#include "compare/case_ids.h"
#include "render/comparison_blocks.h"
#include "render/comparison_rows.h"
#include "render/comparison_text.h"
#include "render/figures.h"
#include "render/text_table.h"

#include <algorithm>
#include <string>
#include <vector>

namespace umb {

namespace {

std::string both(const std::string& one, const std::string& other) {
  return one + ", " + other;
}

/// One line per shown quantile; the row's own figures on the first one.
Blocks wide_blocks(const ComparedRows& table, const std::vector<std::string>& common) {
  const std::string candidate = table.letter();
  std::vector<TableColumn> columns{{printable(table.title()), Align::kLeft}};
  for (const char* quantile : {"p50 ", "p90 ", "p99 "}) {
    columns.push_back({std::string(quantile) + "A", Align::kPoint});
    columns.push_back({quantile + candidate, Align::kPoint});
  }
  for (const std::string& header :
       {candidate + "/A of", candidate + "/A [interval]", std::string("adjusted"), table.pair.unit + "s",
        std::string("samples"), std::string("spread"), std::string("verdict")}) {
    columns.push_back({header, Align::kLeft});
  }
  TextTable lines(columns);
  std::vector<size_t> counts;
  for (const Row* row : table.rows) {
    const SideFigures& a = row->baseline;
    const SideFigures& b = row->candidate;
    std::vector<std::string> figures{printable(without_parts(row->id, common))};
    for (const auto& value : {a.p50, b.p50, a.p90, b.p90, a.p99, b.p99}) {
      figures.push_back(time_figure(value, table.unit));
    }
    const std::vector<std::string> counted{both(std::to_string(a.units), std::to_string(b.units)),
                                           both(std::to_string(a.samples), std::to_string(b.samples)),
                                           both(share_text(a.spread), share_text(b.spread))};
    const std::vector<const QuantileResult*> quantiles = shown_quantiles(*row, table.view);
    counts.push_back(quantiles.size());
    for (size_t i = 0; i < quantiles.size(); ++i) {
      const QuantileResult& result = *quantiles[i];
      const bool first = i == 0;
      std::vector<std::string> cells = first ? figures : std::vector<std::string>(figures.size());
      cells.insert(cells.end(), {quantile_name(result.p), ratio_text(result), adjusted_text(result)});
      for (const std::string& cell : counted) cells.push_back(first ? cell : "");
      cells.push_back(verdict_cell(table, *row, result, first));
      lines.add(std::move(cells));
    }
  }
  const std::vector<std::string> all = lines.lines();
  Blocks blocks{{all[0]}};
  auto next = all.begin() + 1;
  for (const size_t count : counts) {
    blocks.emplace_back(next, next + static_cast<std::ptrdiff_t>(count));
    next += static_cast<std::ptrdiff_t>(count);
  }
  return blocks;
}

bool fit(const Blocks& blocks, size_t width) {
  return std::all_of(blocks.begin(), blocks.end(), [&](const Block& block) {
    return std::all_of(block.begin(), block.end(),
                       [&](const std::string& line) { return display_width(line) <= width; });
  });
}

}  // namespace

void add_comparison_table(const ComparisonView& view, const Pair& pair, const RenderOptions& options, Page& page) {
  const ShownRows shown = shown_rows(pair, view);
  if (shown.rows.empty()) return;
  std::vector<std::string> ids;
  ids.reserve(shown.rows.size());
  for (const Row* row : shown.rows) ids.push_back(row->id);
  const std::vector<std::string> common = common_parts(ids);
  const ComparedRows table{view, pair, shown.rows, figure_unit(shown.rows), options.unicode};

  Blocks blocks = wide_blocks(table, {});
  if (options.width > 0 && !fit(blocks, options.width)) {
    blocks = wide_blocks(table, common);
    if (fit(blocks, options.width)) {
      if (!common.empty()) page.paragraph("in all cases: ", join(common, ", "));
    } else {
      blocks =
          narrow_blocks(table, {{"p50", &SideFigures::p50}, {"p90", &SideFigures::p90}, {"p99", &SideFigures::p99}});
    }
  }
  for (const std::string& line : blocks[0]) page.heading(line);
  for (size_t i = 0; i < shown.rows.size(); ++i) {
    for (const std::string& line : blocks[i + 1]) page.line(line);
    for (const std::string& sentence : sentences(*shown.rows[i])) page.paragraph("    ", sentence);
  }
}

}  // namespace umb
