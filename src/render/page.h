// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/run_view.h"

#include <string>

namespace umb {

/// Collects the lines of a terminal report: makes each printable, breaks long ones, colours where asked to.
class Page {
 public:
  explicit Page(const RenderOptions& options) : options_(options) {}

  /// As it stands, never broken.
  void line(const std::string& text);
  void heading(const std::string& text);
  /// A heading that is broken at the width.
  void headline(const std::string& text);
  /// Broken at the width, further lines indented below the text behind `first`.
  void paragraph(const std::string& first, const std::string& text);
  void warning(const std::string& text);
  /// An empty line between two parts.
  void gap();

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void emit(const std::string& line, size_t marked, const char* color);

  RenderOptions options_;
  std::string text_;
};

}  // namespace umb
