// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umb {

/// Collects lines of ASCII that are never longer than 75 columns: broken at spaces, else where the line is full.
class Mail {
 public:
  /// Further lines are indented below the text behind `first`.
  void paragraph(const std::string& first, const std::string& text);
  /// Spaces in it are kept; one that is too long is broken all the same.
  void line(const std::string& text);
  /// An empty line between two parts.
  void gap();

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace umb
