// SPDX-License-Identifier: Apache-2.0
#include "compare/explained_words.h"
#include "render/explain_tables.h"
#include "render/markdown.h"
#include "render/markdown_page.h"
#include "render/run_header.h"

namespace umb {

namespace {

void add_table(const ExplainTable& table, const std::string& title, MarkdownPage& page) {
  if (table.rows.empty()) return;
  std::vector<std::string> header;
  for (const TableColumn& column : table.columns) header.push_back(column.header);
  std::vector<std::vector<std::string>> rows;
  for (const std::vector<std::string>& row : table.rows) {
    std::vector<std::string> cells;
    for (const std::string& cell : row) cells.push_back(markdown_cell(cell));
    rows.push_back(std::move(cells));
  }
  page.table(header, rows, title);
}

void add_case(const Explained& explained, MarkdownPage& page) {
  page.heading(explained.case_id);
  if (const std::string verdict = explained_verdict(explained); !verdict.empty()) page.paragraph(verdict);
  add_table(causes_table(explained, true), "causes", page);
  add_table(waits_table(explained), "waits", page);
  add_table(calls_table(explained), "calls", page);
  page.gap();
  for (const SlowSample& slow : explained.slowest) page.bullet("slow " + slow_sample_in_words(slow));
  for (const std::string& note : explained_notes(explained)) page.bullet(note);
}

}  // namespace

std::string markdown_explanation(const ExplainView& view, const RenderOptions&) {
  MarkdownPage page;
  page.heading("Where the time went: " + run_name(view.run));
  for (const std::string& line : warning_lines(view.run)) page.bullet("warning: " + line);
  for (const Explained& explained : view.cases) add_case(explained, page);
  return page.text();
}

}  // namespace umb
