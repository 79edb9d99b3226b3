// SPDX-License-Identifier: Apache-2.0
#include "render/judged_text.h"

#include "base/text.h"
#include "compare/compare.h"
#include "render/comparison_text.h"

#include <algorithm>
#include <set>

namespace umb {

namespace {

/// Of all rows, each once, in the order of their first ones.
std::vector<std::string> methods(const Comparison& comparison) {
  std::vector<std::string> names;
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) {
      for (const QuantileResult& result : row.quantiles) {
        if (result.method == Method::kNone) continue;
        const std::string name = method_name(result.method);
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      }
    }
  }
  return names;
}

/// "With 7 boots a side the exact test carries 85 gated tests." of each number of units that was judged by it.
std::vector<std::string> carried_lines(const Comparison& comparison) {
  std::set<std::string> lines;
  for (const Pair& pair : comparison.pairs) {
    if (pair.paired) continue;
    for (const Row& row : pair.rows) {
      const size_t units = std::min(row.baseline.units, row.candidate.units);
      const size_t carried = family_carried(units, comparison.alpha);
      if (carried == 0) continue;
      lines.insert("With " + counted(units, pair.unit) + " a side the exact test carries " +
                   counted(carried, "gated test") + ".");
    }
  }
  return {lines.begin(), lines.end()};
}

}  // namespace

std::vector<std::string> judged_lines(const Comparison& comparison) {
  const std::vector<std::string> names = methods(comparison);
  const auto coarser = [&](const Pair& pair) { return pair.threshold != comparison.threshold; };
  const bool all_coarser = !comparison.pairs.empty() && std::ranges::all_of(comparison.pairs, coarser);
  const std::string smallest = all_coarser ? share_text(comparison.pairs[0].threshold) + " (across sessions)"
                                           : exact_percent(comparison.threshold);
  std::vector<std::string> lines{
      "Judged " + (names.empty() ? "" : "by " + join(names, ", ") + ", ") + "with " +
          exact_percent(1 - comparison.alpha) + " intervals; smallest effect " + smallest + ", alpha " +
          level_text(comparison.alpha) + ".",
      "Gate: " + (comparison.gate.empty() ? "nothing" : comparison.gate) +
          ". p is adjusted over it; q is of what is only explored and fails nothing.",
      "Quantiles here are weighted over their neighbours (Harrell-Davis) and so may differ a "
      "little from those that one result is shown with."};
  for (const std::string& line : carried_lines(comparison)) lines.push_back(line);
  const auto pair = std::ranges::find_if(comparison.pairs, coarser);
  if (pair != comparison.pairs.end() && !all_coarser) {
    lines.push_back("Across sessions the smallest effect is " + share_text(pair->threshold) + ".");
  }
  return lines;
}

}  // namespace umb
