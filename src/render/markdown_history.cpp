// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/history_formats.h"
#include "render/history_text.h"
#include "render/markdown_page.h"

#include <algorithm>

namespace umb {

namespace {

/// Of a table's cell in a comment.
constexpr size_t kMostLetters = 30;

std::vector<std::string> row_of(const History& history, const HistorySeries& series, size_t fold) {
  std::vector<std::string> changes;
  changes.reserve(series.changes.size());
  for (const HistoryChange& change : series.changes) {
    changes.push_back(history_sign(series, change, true) + " " +
                      markdown_cell(change_in_words(history, series, change)));
  }
  const HistoryExtremes extremes = history_extremes(series);
  return {markdown_code_cell(series.case_id), join(changes, "<br>"),
          markdown_cell(extremes.least + " to " + extremes.most), markdown_cell(extremes.newest),
          history_letters(series, fold, true)};
}

}  // namespace

std::string markdown_history(const History& history, const RenderOptions&) {
  MarkdownPage page;
  page.heading(history_headline(history));
  for (const std::string& caution : history.cautions) page.bullet("warning: " + caution);
  page.paragraph(history_subject(history));
  const size_t fold = std::max<size_t>(1, (history.builds.size() + kMostLetters - 1) / kMostLetters);
  std::vector<std::vector<std::string>> rows;
  for (const HistorySeries* series : history_by_rank(history)) rows.push_back(row_of(history, *series, fold));
  const std::string letters = fold > 1 ? ", the highest of " + std::to_string(fold) + " a letter" : "";
  page.table({"case", "changes", "values", "newest", "over the builds" + letters}, rows, "cases");
  page.paragraph(history_method(history));
  return page.text();
}

}  // namespace umb
