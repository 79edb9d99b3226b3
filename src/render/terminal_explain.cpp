// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "compare/explained_words.h"
#include "render/explain_tables.h"
#include "render/page.h"
#include "render/run_header.h"
#include "render/terminal.h"

namespace umb {

namespace {

void add_table(const ExplainTable& table, Page& page) {
  if (table.rows.empty()) return;
  TextTable text(table.columns);
  for (const std::vector<std::string>& row : table.rows) {
    std::vector<std::string> cells;
    for (const std::string& cell : row) cells.push_back(printable(cell));
    text.add(std::move(cells));
  }
  page.gap();
  for (const std::string& line : text.lines()) page.line("  " + line);
}

void add_case(const Explained& explained, const RenderOptions& options, Page& page) {
  page.gap();
  page.heading(explained.case_id);
  if (const std::string verdict = explained_verdict(explained); !verdict.empty()) page.paragraph("  ", verdict);
  add_table(causes_table(explained, options.unicode), page);
  add_table(waits_table(explained), page);
  add_table(calls_table(explained), page);
  if (!explained.slowest.empty()) {
    page.gap();
    page.line("  slowest samples");
    for (const SlowSample& slow : explained.slowest) page.paragraph("    ", slow_sample_in_words(slow));
  }
  page.gap();
  for (const std::string& note : explained_notes(explained)) page.paragraph("  - ", note);
}

}  // namespace

std::string terminal_explanation(const ExplainView& view, const RenderOptions& options) {
  Page page(options);
  for (const std::string& line : warning_lines(view.run)) page.warning(line);
  page.gap();
  page.headline("Where the time went: " + run_name(view.run));
  for (const Explained& explained : view.cases) add_case(explained, options, page);
  return page.text();
}

}  // namespace umb
