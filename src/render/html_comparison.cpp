// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/comparison_rows.h"
#include "render/comparison_text.h"
#include "render/facts_text.h"
#include "render/figures.h"
#include "render/how_to.h"
#include "render/html.h"
#include "render/html_page.h"
#include "render/html_parts.h"
#include "render/judged_text.h"
#include "render/side_text.h"

#include <set>

namespace umb {

namespace {

using Kind = HtmlCell::Kind;

Kind kind_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSlower:
    case Verdict::kIncomparable:
      return Kind::kSlower;
    case Verdict::kFaster:
      return Kind::kFaster;
    case Verdict::kInconclusive:
      return Kind::kOpen;
    case Verdict::kSame:
      break;
  }
  return Kind::kSame;
}

void add_sides(const Comparison& comparison, HtmlPage& page) {
  std::vector<HtmlRow> rows;
  rows.reserve(comparison.sides.size());
  for (size_t i = 0; i < comparison.sides.size(); ++i) {
    const SideText side = side_text(comparison, i);
    rows.push_back({{side.letter + (i == 0 ? " (baseline)" : "")},
                    {side.name, Kind::kCode},
                    {side.boots},
                    {side.kernel, Kind::kLong},
                    {side.rcu, Kind::kLong},
                    {side.measured, Kind::kLong},
                    {side.label}});
  }
  page.table({"side", "name", "boots", "kernel", "RCU", "measured", "label"}, rows);
}

std::string both(std::optional<double> baseline, std::optional<double> candidate, TimeUnit unit) {
  return time_figure(baseline, unit) + " / " + time_figure(candidate, unit);
}

/// A line per shown quantile; what is the row's own spans all of them.
void add_row(const ComparisonView& view, const Row& row, TimeUnit unit, std::vector<HtmlRow>& rows) {
  const SideFigures& a = row.baseline;
  const SideFigures& b = row.candidate;
  const std::vector<const QuantileResult*> results = shown_quantiles(row, view);
  bool first = true;
  for (const QuantileResult* result : results) {
    const auto own = [&](const std::string& text, Kind kind) { return HtmlCell{text, kind, results.size()}; };
    const Verdict verdict = first ? row.verdict : result->verdict;
    const HtmlCell judged{first ? verdict_text(row, true) : verdict_text(verdict, true),
                          first && row.fails ? Kind::kSlower : kind_of(verdict)};
    HtmlRow cells{judged};
    if (first) {
      cells = {own(row.id, Kind::kCode),
               judged,
               own(join(sentences(row), "; "), Kind::kLong),
               own(both(a.p50, b.p50, unit), Kind::kFigure),
               own(both(a.p90, b.p90, unit), Kind::kFigure),
               own(both(a.p99, b.p99, unit), Kind::kFigure)};
    }
    cells.push_back({quantile_name(result->p)});
    cells.push_back({ratio_text(*result), Kind::kFigure});
    cells.push_back({adjusted_text(*result), Kind::kFigure});
    if (first) {
      cells.push_back(own(std::to_string(a.units) + " / " + std::to_string(b.units), Kind::kFigure));
      cells.push_back(own(std::to_string(a.samples) + " / " + std::to_string(b.samples), Kind::kFigure));
      cells.push_back(own(share_text(a.spread) + " / " + share_text(b.spread), Kind::kFigure));
    }
    rows.push_back(std::move(cells));
    first = false;
  }
}

void add_pair(const ComparisonView& view, const Pair& pair, HtmlPage& page) {
  const std::string letter = side_letter(pair.candidate);
  page.heading(pair_title(view.comparison, pair));
  for (const auto* lines : {&pair.differences, &pair.warnings}) add_warnings(*lines, page);
  const ShownRows shown = shown_rows(pair, view);
  const TimeUnit unit = figure_unit(shown.rows);
  std::vector<HtmlRow> rows;
  for (const Row* row : shown.rows) add_row(view, *row, unit, rows);
  const std::string sides = " A / " + letter;
  page.table({"case (" + metric_title(view.comparison.metric, unit.name) + ")", "verdict", "in words", "p50" + sides,
              "p90" + sides, "p99" + sides, letter + "/A of", letter + "/A [interval]", "adjusted", pair.unit + "s",
              "samples", "spread"},
             rows);
  if (shown.folded > 0) page.paragraph(folded_line(pair, shown) + ".");
  std::vector<std::string> unmatched;
  for (const Unmatched& one : unmatched_cases(view.comparison, pair)) unmatched.push_back(unmatched_text(one));
  page.list(unmatched);
}

/// How often calls wait for grace periods, where a pass has counted it.
void add_causes(const Comparison& comparison, HtmlPage& page) {
  std::vector<HtmlRow> rows;
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) {
      if (!row.baseline.waits || !row.candidate.waits) continue;
      rows.push_back({{row.id, Kind::kCode},
                      {side_letter(pair.candidate)},
                      {std::to_string(row.baseline.waits->usual) + " / " + std::to_string(row.candidate.waits->usual),
                       Kind::kFigure},
                      {mean_figure(row.baseline.waits->deferred) + " / " + mean_figure(row.candidate.waits->deferred),
                       Kind::kFigure},
                      {wait_change_name(row.waits)}});
    }
  }
  if (rows.empty()) return;
  page.section("Causes");
  page.table({"case", "candidate", "grace periods a call, A / candidate", "handed to others, A / candidate", "change"},
             rows);
}

/// Every fact in which the sides' boots are not all alike, then the others, folded.
void add_environment(const Comparison& comparison, HtmlPage& page) {
  std::vector<std::string> keys;
  std::set<std::string> known;
  for (const Side& side : comparison.sides) {
    for (const BootDigest& boot : side.boots) {
      for (const Fact& one : boot.environment) {
        if (known.insert(one.key).second) keys.push_back(one.key);
      }
    }
  }
  std::vector<HtmlRow> different;
  std::vector<HtmlRow> alike;
  for (const std::string& key : keys) {
    HtmlRow row{{key, Kind::kCode}};
    std::set<std::string> texts;
    for (const Side& side : comparison.sides) {
      const std::string text = over_boots(side, [&](const BootDigest& boot) { return fact(boot.environment, key); });
      texts.insert(text);
      row.push_back({text, Kind::kLong});
    }
    (texts.size() > 1 ? different : alike).push_back(std::move(row));
  }
  if (keys.empty()) return;
  std::vector<std::string> header{"fact"};
  for (size_t i = 0; i < comparison.sides.size(); ++i) header.push_back(side_letter(i));
  page.section("Environment");
  page.paragraph(different.empty() ? "The sides are alike in every fact." : "What the sides differ in:");
  page.table(header, different);
  page.open_fold(std::to_string(alike.size()) + " facts in which they are alike");
  page.table(header, alike);
  page.close_fold();
}

void add_how_to(const Comparison& comparison, HtmlPage& page) {
  std::vector<std::string> lines;
  for (const HowToLine& line : how_to_compare(comparison)) lines.push_back(line.first + line.text);
  if (lines.empty()) return;
  page.section("How to do it again");
  page.preformatted(lines);
}

}  // namespace

std::string html_comparison(const ComparisonView& view, const RenderOptions& options) {
  const Comparison& comparison = view.comparison;
  HtmlPage page(comparison.headline, options.pictures);
  page.headline(comparison.headline);
  add_warnings(comparison.warnings, page);
  page.section("Sides");
  add_sides(comparison, page);
  page.section("Cases");
  for (const Pair& pair : comparison.pairs) add_pair(view, pair, page);
  for (const std::string& line : judged_lines(comparison)) page.soft(line);
  page.pictures();
  add_causes(comparison, page);
  add_environment(comparison, page);
  add_how_to(comparison, page);
  return page.text();
}

}  // namespace umb
