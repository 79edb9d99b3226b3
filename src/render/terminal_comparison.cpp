// SPDX-License-Identifier: Apache-2.0
#include "render/comparison_rows.h"
#include "render/comparison_table.h"
#include "render/comparison_text.h"
#include "render/judged_text.h"
#include "render/page.h"
#include "render/side_text.h"
#include "render/terminal.h"

namespace umb {

namespace {

void add_sides(const Comparison& comparison, Page& page) {
  if (!comparison.by.empty()) page.line("split by " + comparison.by);
  for (size_t i = 0; i < comparison.sides.size(); ++i) {
    const SideText side = side_text(comparison, i);
    page.paragraph(side.letter + "  ", side.name + (i == 0 ? " (baseline): " : ": ") + side.boots);
    page.paragraph("   kernel    ", side.kernel);
    page.paragraph("   RCU       ", side.rcu);
    page.paragraph("   measured  ", side.measured);
    if (!side.label.empty()) page.paragraph("   label     ", side.label);
  }
}

void add_pair(const ComparisonView& view, const Pair& pair, const RenderOptions& options, Page& page) {
  page.gap();
  page.paragraph("", pair_title(view.comparison, pair));
  for (const std::string& difference : pair.differences) page.warning(difference);
  for (const std::string& warning : pair.warnings) page.warning(warning);
  page.gap();
  add_comparison_table(view, pair, options, page);
  const std::string folded = folded_line(pair, shown_rows(pair, view));
  if (!folded.empty()) page.paragraph("", folded + " (--all shows them)");
  for (const Unmatched& one : unmatched_cases(view.comparison, pair)) page.paragraph("", unmatched_text(one));
}

}  // namespace

std::string terminal_comparison(const ComparisonView& view, const RenderOptions& options) {
  const Comparison& comparison = view.comparison;
  Page page(options);
  page.headline(comparison.headline);
  for (const std::string& warning : comparison.warnings) page.warning(warning);
  page.gap();
  add_sides(comparison, page);
  for (const Pair& pair : comparison.pairs) add_pair(view, pair, options, page);
  page.gap();
  for (const std::string& line : judged_lines(comparison)) page.paragraph("", line);
  return page.text();
}

}  // namespace umb
