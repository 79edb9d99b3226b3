// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/comparison_blocks.h"
#include "render/comparison_rows.h"
#include "render/escape.h"
#include "render/facts_text.h"
#include "render/judged_text.h"
#include "render/lkml.h"
#include "render/mail.h"
#include "render/side_text.h"

#include <algorithm>

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

std::string settings_text(const BootDigest& boot) {
  std::vector<std::string> parts;
  for (const Fact& setting : boot.plan.settings)
    parts.push_back(setting.key + "=" + fact(boot.plan.settings, setting.key));
  return join(parts, " ");
}

std::string word(const std::string& text) {
  return shell_word(ascii_text(text));
}

std::string plan_of(const Side& side) {
  return word(side.boots.empty() ? "" : side.boots[0].plan.name);
}

bool measured_by_ab(const Comparison& comparison) {
  const auto in_pairs = [](const BootDigest& boot) { return fact(boot.plan.settings, "order") == "in pairs"; };
  return !comparison.by.empty() && comparison.sides.size() == 2 &&
         std::ranges::all_of(comparison.sides[0].boots, in_pairs);
}

void add_how_to(const Comparison& comparison, Mail& mail) {
  mail.gap();
  const Side& baseline = comparison.sides[0];
  const auto of = [&](const auto& text) { return over_boots(baseline, text); };
  mail.paragraph("", "To do it again (umountbench " + of([](const BootDigest& boot) { return boot.tool_version; }) +
                         "; config " + of([](const BootDigest& boot) { return boot.plan.name; }) + ": " +
                         of(settings_text) + "):");
  const std::string limits =
      "    --threshold " + exact_percent(comparison.threshold) + " --alpha " + level_text(comparison.alpha);
  if (measured_by_ab(comparison)) {
    mail.line("  sudo umountbench ab --config " + plan_of(baseline) + " --a " + word(baseline.name) + " --b " +
              word(comparison.sides[1].name) + " \\");
    mail.line(limits);
    return;
  }
  std::vector<std::string> letters;
  for (size_t i = 0; i < comparison.sides.size(); ++i) {
    const Side& side = comparison.sides[i];
    // Split from the same runs, they are one folder.
    if (!comparison.by.empty() && i > 0) break;
    letters.push_back(side_letter(i));
    mail.line("  sudo umountbench run --config " + plan_of(side) + " --into " + letters[i]);
    const std::string kernels =
        over_boots(side, [](const BootDigest& boot) { return fact(boot.environment, "kernel_release"); });
    mail.paragraph("    # ", comparison.by.empty() ? "in each of " + counted(side.boot_count, "boot") + " of " + kernels
                                                   : "in each boot of either side");
  }
  const std::string by = comparison.by.empty() ? "" : " --by " + word(comparison.by);
  mail.line("  umountbench compare " + join(letters, " ") + by + " --metric " + word(comparison.metric) + " \\");
  mail.line(limits);
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
