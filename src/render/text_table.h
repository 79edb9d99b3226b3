// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// Letters that `text` takes on a terminal: code points of UTF-8; wide and combining ones are not told apart.
[[nodiscard]] size_t display_width(std::string_view text);

/// `text` in lines of at most `width` letters (0: one line), broken at spaces; what has none stays whole. The first
/// line begins with `first`, the others with as many spaces.
[[nodiscard]] std::vector<std::string> wrapped(const std::string& first, std::string_view text, size_t width);

/// How a column's cells stand under each other: kPoint lines up the decimal points.
enum class Align { kLeft, kRight, kPoint };

struct TableColumn {
  std::string header;
  Align align = Align::kRight;
};

/// Columns of text, two spaces apart. Cells must be printable already.
class TextTable {
 public:
  explicit TextTable(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}
  /// One cell per column.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// The header's line, then one a row; no spaces at the end.
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace umb
