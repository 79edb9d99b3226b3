// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/comparison_blocks.h"
#include "render/comparison_rows.h"
#include "render/how_to.h"
#include "render/judged_text.h"
#include "render/lkml.h"
#include "render/mail.h"
#include "render/side_text.h"

namespace umb {

namespace {

void add_sides(const Comparison& comparison, Mail& mail) {
  for (size_t i = 0; i < comparison.sides.size(); ++i) {
    const SideText side = side_text(comparison, i);
    mail.paragraph(side.letter + ": ",
                   side.name + (i == 0 ? " (baseline)" : "") + ", " + side.boots + ", kernel " + side.kernel);
    mail.paragraph("   RCU ", side.rcu);
    if (!side.label.empty()) mail.paragraph("   label ", side.label);
  }
}

void add_pair(const ComparisonView& view, const Pair& pair, Mail& mail) {
  mail.gap();
  mail.paragraph("", pair_title(view.comparison, pair));
  for (const auto* lines : {&pair.differences, &pair.warnings}) {
    for (const std::string& line : *lines) mail.paragraph("warning: ", line);
  }
  const ShownRows shown = shown_rows(pair, view);
  const ComparedRows table{view, pair, shown.rows, figure_unit(shown.rows), false};
  const Blocks blocks = narrow_blocks(table, {{"p50", &SideFigures::p50},
                                              {"p95", &SideFigures::p95},
                                              {"p99", &SideFigures::p99},
                                              {"max", &SideFigures::maximum}});
  if (!shown.rows.empty()) {
    mail.gap();
    for (const std::string& line : blocks[0]) mail.line(line);
  }
  for (size_t i = 0; i < shown.rows.size(); ++i) {
    for (const std::string& line : blocks[i + 1]) mail.line(line);
    for (const std::string& sentence : sentences(*shown.rows[i])) mail.paragraph("    ", sentence);
  }
  mail.gap();
  if (shown.folded > 0) mail.paragraph("", folded_line(pair, shown));
  for (const Unmatched& one : unmatched_cases(view.comparison, pair)) mail.paragraph("", unmatched_text(one));
}

void add_how_to(const Comparison& comparison, Mail& mail) {
  mail.gap();
  for (const HowToLine& line : how_to_compare(comparison)) {
    if (line.command) {
      mail.line(line.first + line.text);
    } else {
      mail.paragraph(line.first, line.text);
    }
  }
}

}  // namespace

std::string lkml_comparison(const ComparisonView& view, const RenderOptions&) {
  const Comparison& comparison = view.comparison;
  Mail mail;
  mail.paragraph("", comparison.headline);
  for (const std::string& warning : comparison.warnings) mail.paragraph("warning: ", warning);
  mail.gap();
  add_sides(comparison, mail);
  for (const Pair& pair : comparison.pairs) add_pair(view, pair, mail);
  mail.gap();
  for (const std::string& line : judged_lines(comparison)) mail.paragraph("", line);
  if (!comparison.sides.empty()) add_how_to(comparison, mail);
  return mail.text();
}

}  // namespace umb
