// SPDX-License-Identifier: Apache-2.0
#include "render/history_formats.h"
#include "render/history_text.h"
#include "render/page.h"

#include <algorithm>

namespace umb {

namespace {

/// So many builds a letter that a line stays within the width.
size_t fold_of(size_t builds, const std::string& indent, size_t width) {
  if (width <= indent.size()) return 1;
  const size_t room = width - indent.size();
  return std::max<size_t>(1, (builds + room - 1) / room);
}

void add_series(const History& history, const HistorySeries& series, const RenderOptions& options, Page& page) {
  const std::string indent = "  ";
  page.gap();
  page.heading(series.case_id);
  const size_t fold = fold_of(series.values.size(), indent, options.width);
  page.line(indent + history_letters(series, fold, options.unicode));
  const HistoryExtremes extremes = history_extremes(series);
  page.paragraph(indent, extremes.least + " to " + extremes.most + ", newest " + extremes.newest +
                             (fold > 1 ? "; the highest of " + std::to_string(fold) + " builds a letter" : ""));
  for (const HistoryChange& change : series.changes) {
    page.paragraph(indent + history_sign(series, change, options.unicode) + " ",
                   change_in_words(history, series, change));
  }
}

}  // namespace

std::string terminal_history(const History& history, const RenderOptions& options) {
  Page page(options);
  for (const std::string& caution : history.cautions) page.warning(caution);
  page.gap();
  page.headline(history_headline(history));
  page.paragraph("", history_subject(history));
  for (const HistorySeries* series : history_by_rank(history)) add_series(history, *series, options, page);
  page.gap();
  page.paragraph("", history_method(history));
  return page.text();
}

}  // namespace umb
