// SPDX-License-Identifier: Apache-2.0
// The rows of a comparison in lines of text. Cells are printable already.
#pragma once

#include "render/comparison_text.h"
#include "render/comparison_view.h"

#include <optional>
#include <string>
#include <vector>

namespace umb {

/// The lines of one row that belong together; the first of all blocks is the header's.
using Block = std::vector<std::string>;
using Blocks = std::vector<Block>;

struct ComparedRows {
  const ComparisonView& view;
  const Pair& pair;
  const std::vector<const Row*>& rows;
  TimeUnit unit;
  bool unicode;

  [[nodiscard]] std::string title() const { return "case (" + metric_title(view.comparison.metric, unit.name) + ")"; }
  [[nodiscard]] std::string letter() const { return side_letter(pair.candidate); }
};

struct FigureColumn {
  const char* header;
  std::optional<double> SideFigures::*value;
};

/// Several lines a case: the id, one of figures per side, then one per shown quantile.
[[nodiscard]] Blocks narrow_blocks(const ComparedRows& table, const std::vector<FigureColumn>& figures);

/// The row's verdict stands on the line of the quantile that decided it, which is the first; printable.
[[nodiscard]] std::string verdict_cell(const ComparedRows& table, const Row& row, const QuantileResult& result,
                                       bool first);

}  // namespace umb
