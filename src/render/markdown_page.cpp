// SPDX-License-Identifier: Apache-2.0
#include "render/markdown_page.h"

#include "base/text.h"
#include "render/escape.h"
#include "render/shortened.h"

#include <algorithm>

namespace umb {

namespace {

constexpr size_t kLimit = 64 * 1024 - 1;
constexpr size_t kReserve = 512;       ///< for what closes a fold, and the last line
constexpr size_t kListReserve = 8192;  ///< and, before lists and tables end, for the paragraphs behind them
constexpr size_t kOpenRows = 10;

std::string row_text(const std::vector<std::string>& cells) {
  return "| " + join(cells, " | ") + " |\n";
}

}  // namespace

std::string markdown_cell(const std::string& text) {
  return markdown_text(shortened(text));
}

std::string markdown_code_cell(const std::string& text) {
  return markdown_code(shortened(text));
}

bool MarkdownPage::add(const std::string& piece, bool in_list) {
  if (text_.size() + piece.size() > kLimit - (in_list ? kListReserve : kReserve)) {
    ++left_out_;
    return false;
  }
  text_ += piece;
  return true;
}

void MarkdownPage::heading(const std::string& text) {
  gap();
  add("### " + markdown_cell(text) + "\n");
  gap();
}

void MarkdownPage::paragraph(const std::string& text) {
  gap();
  add(markdown_cell(text) + "\n");
}

void MarkdownPage::bullet(const std::string& text) {
  add("- " + markdown_cell(text) + "\n", true);
}

void MarkdownPage::gap() {
  if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
}

void MarkdownPage::add_rows(const std::string& head, const std::vector<std::vector<std::string>>& rows, size_t from,
                            size_t to) {
  if (!add(head, true)) {
    left_out_ += to - from - 1;
    return;
  }
  for (size_t i = from; i < to; ++i) add(row_text(rows[i]), true);
}

void MarkdownPage::table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                         const std::string& title) {
  const std::string head = row_text(header) + row_text(std::vector<std::string>(header.size(), "---"));
  size_t open = std::min(rows.size(), kOpenRows);
  // A row without a first cell belongs to the one above it.
  while (open < rows.size() && rows[open][0].empty()) ++open;
  gap();
  if (open > 0) add_rows(head, rows, 0, open);
  if (open == rows.size()) return;
  gap();
  text_ += "<details><summary>" + std::to_string(rows.size() - open) + " more " + title + "</summary>\n\n";
  add_rows(head, rows, open, rows.size());
  text_ += "\n</details>\n";
}

std::string MarkdownPage::text() const {
  if (left_out_ == 0) return text_;
  return text_ + "\n" + std::to_string(left_out_) + (left_out_ == 1 ? " line is" : " lines are") +
         " left out to stay under 64 KiB: the formats json and csv have all.\n";
}

}  // namespace umb
