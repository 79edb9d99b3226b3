// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace umb {

/// Collects Markdown as long as it stays under 64 KiB. Texts are raw, but those that are said to be Markdown.
class MarkdownPage {
 public:
  void heading(const std::string& text);
  void paragraph(const std::string& text);
  void bullet(const std::string& text);
  /// Ends a list, so that what follows is none of it.
  void gap();
  /// Cells are Markdown. The first rows are open, the others folded under "12 more TITLE".
  void table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
             const std::string& title);

  /// Ends with how much was left out, if anything was.
  [[nodiscard]] std::string text() const;

 private:
  /// Whole or not at all.
  bool add(const std::string& piece, bool in_list = false);
  void add_rows(const std::string& head, const std::vector<std::vector<std::string>>& rows, size_t from, size_t to);

  std::string text_;
  size_t left_out_ = 0;
};

/// A raw text as a cell's Markdown; a very long one is cut.
[[nodiscard]] std::string markdown_cell(const std::string& text);
/// The same as <code>.
[[nodiscard]] std::string markdown_code_cell(const std::string& text);

}  // namespace umb
