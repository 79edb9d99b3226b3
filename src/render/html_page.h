// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/picture.h"
#include "render/text_table.h"

#include <cstddef>
#include <string>
#include <vector>

namespace umb {

/// A cell; the text is raw.
struct HtmlCell {
  std::string text;
  enum class Kind { kText, kLong, kCode, kFigure, kSlower, kFaster, kOpen, kSame } kind = Kind::kText;
  size_t rows = 1;  ///< so many, in which the rows below have no cell
};
using HtmlRow = std::vector<HtmlCell>;

/// Collects a page as long as it stays under 3 MB; texts are raw.
class HtmlPage {
 public:
  /// `pictures`: what room is kept for, whatever else is on the page; may be null.
  HtmlPage(const std::string& title, const Pictures* pictures);

  /// Of the first rank: the page's verdict, or the name of one of several results on it.
  void headline(const std::string& text);
  void section(const std::string& text);
  void heading(const std::string& text);
  void paragraph(const std::string& text);
  void soft(const std::string& text);  ///< what few readers ask for
  void list(const std::vector<std::string>& items);
  void table(const std::vector<std::string>& header, const std::vector<HtmlRow>& rows);
  void preformatted(const std::vector<std::string>& lines);
  /// Folded, where the reader's program folds; not there at all with nothing in it.
  void open_fold(const std::string& summary);
  void close_fold();
  /// All of them, and why others are missing.
  void pictures();

  /// Ends with how much was left out, if anything was.
  [[nodiscard]] std::string text() const;

 private:
  /// What stands around pieces, and is there only with one of them.
  struct Element {
    std::string opening, closing;
    bool written = false;
  };
  void open(std::string opening, std::string closing);
  void close();
  /// Whole, with what has been opened around it, or not at all.
  void add(const std::string& piece);

  const Pictures* pictures_;
  std::string text_;
  std::vector<Element> open_;  ///< the outermost first
  size_t reserved_ = 0;
  size_t left_out_ = 0;
};

/// A text table's columns and raw cells as rows of a page.
[[nodiscard]] std::vector<HtmlRow> html_rows(const std::vector<TableColumn>& columns,
                                             const std::vector<std::vector<std::string>>& rows);

}  // namespace umb
