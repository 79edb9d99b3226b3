// SPDX-License-Identifier: Apache-2.0
#include "render/text_table.h"

#include "base/text.h"

#include <algorithm>

namespace umb {

namespace {

/// What stands right of the place where the point is or would be, the point included.
size_t behind_point(const std::string& cell) {
  const size_t point = cell.find('.');
  return point == std::string::npos ? 0 : cell.size() - point;
}

std::string padded(const std::string& cell, size_t width, bool left) {
  const std::string space(width - std::min(width, display_width(cell)), ' ');
  return left ? cell + space : space + cell;
}

}  // namespace

size_t display_width(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> wrapped(const std::string& first, std::string_view text, size_t width) {
  std::vector<std::string> lines;
  const std::string indent(display_width(first), ' ');
  std::string line = first;
  bool empty = true;
  for (const std::string& word : split(text, ' ')) {
    if (!empty && width > 0 && display_width(line) + 1 + display_width(word) > width) {
      lines.push_back(line);
      line = indent;
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  lines.push_back(line);
  return lines;
}

std::vector<std::string> TextTable::lines() const {
  std::vector<std::string> lines(rows_.size() + 1);
  for (size_t column = 0; column < columns_.size(); ++column) {
    const Align align = columns_[column].align;
    size_t behind = 0;
    for (const auto& row : rows_) behind = std::max(behind, behind_point(row[column]));
    std::vector<std::string> cells{columns_[column].header};
    for (const auto& row : rows_) {
      std::string cell = row[column];
      if (align == Align::kPoint) cell += std::string(behind - behind_point(cell), ' ');
      cells.push_back(std::move(cell));
    }
    size_t width = 0;
    for (const std::string& cell : cells) width = std::max(width, display_width(cell));
    for (size_t i = 0; i < lines.size(); ++i) {
      if (column > 0) lines[i] += "  ";
      lines[i] += padded(cells[i], width, align == Align::kLeft);
    }
  }
  for (std::string& line : lines) line.erase(line.find_last_not_of(' ') + 1);
  return lines;
}

}  // namespace umb
