// SPDX-License-Identifier: Apache-2.0
#include "render/comparison_blocks.h"

#include "base/text.h"
#include "render/comparison_rows.h"
#include "render/text_table.h"

namespace umb {

std::string verdict_cell(const ComparedRows& table, const Row& row, const QuantileResult& result, bool first) {
  return printable(first ? verdict_text(row, table.unicode) : verdict_text(result.verdict, table.unicode));
}

Blocks narrow_blocks(const ComparedRows& table, const std::vector<FigureColumn>& figures) {
  std::vector<TableColumn> columns{{"", Align::kLeft}, {printable(table.pair.unit) + "s"}, {"samples"}, {"spread"}};
  for (const FigureColumn& figure : figures) columns.push_back({figure.header, Align::kPoint});
  TextTable lines(columns);
  for (const Row* row : table.rows) {
    for (const bool baseline : {true, false}) {
      const SideFigures& side = baseline ? row->baseline : row->candidate;
      std::vector<std::string> cells{"  " + (baseline ? "A" : table.letter()), std::to_string(side.units),
                                     std::to_string(side.samples), share_text(side.spread)};
      for (const FigureColumn& figure : figures) cells.push_back(time_figure(side.*figure.value, table.unit));
      lines.add(std::move(cells));
    }
  }
  const std::vector<std::string> all = lines.lines();
  Blocks blocks{{printable(table.title()), all[0]}};
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const Row& row = *table.rows[i];
    Block block{printable(row.id), all[2 * i + 1], all[2 * i + 2]};
    bool first = true;
    for (const QuantileResult* result : shown_quantiles(row, table.view)) {
      const std::string ratio =
          quantile_name(result->p) + " " + table.letter() + "/A " + ratio_text(*result) + ", " + adjusted_text(*result);
      block.push_back("  " + verdict_cell(table, row, *result, first) + (result->ratio ? ": " + ratio : ""));
      first = false;
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace umb
