// SPDX-License-Identifier: Apache-2.0
#include "compare/explained_words.h"
#include "render/explain_tables.h"
#include "render/html.h"
#include "render/html_page.h"
#include "render/html_parts.h"
#include "render/run_header.h"

namespace umb {

namespace {

void add_table(const ExplainTable& table, HtmlPage& page) {
  std::vector<std::string> header;
  header.reserve(table.columns.size());
  for (const TableColumn& column : table.columns) header.push_back(column.header);
  page.table(header, html_rows(table.columns, table.rows));
}

void add_case(const Explained& explained, HtmlPage& page) {
  page.heading(explained.case_id);
  if (const std::string verdict = explained_verdict(explained); !verdict.empty()) page.paragraph(verdict);
  add_table(causes_table(explained, true), page);
  add_table(waits_table(explained), page);
  add_table(calls_table(explained), page);
  std::vector<std::string> lines;
  lines.reserve(explained.slowest.size());
  for (const SlowSample& slow : explained.slowest) lines.push_back("slow " + slow_sample_in_words(slow));
  for (const std::string& note : explained_notes(explained)) lines.push_back(note);
  page.list(lines);
}

}  // namespace

std::string html_explanation(const ExplainView& view, const RenderOptions& options) {
  const std::string title = "Where the time went: " + run_name(view.run);
  HtmlPage page(title, options.pictures);
  page.headline(title);
  add_warnings(warning_lines(view.run), page);
  page.section("Cases");
  for (const Explained& explained : view.cases) add_case(explained, page);
  page.pictures();
  page.section("Environment");
  add_run_facts(view.run.record, page);
  return page.text();
}

}  // namespace umb
