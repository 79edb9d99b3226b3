// SPDX-License-Identifier: Apache-2.0
#include "render/page.h"

#include "base/text.h"
#include "render/text_table.h"

namespace umb {

namespace {

constexpr const char* kBold = "\x1b[1m";
constexpr const char* kYellow = "\x1b[33m";
constexpr const char* kPlain = "\x1b[0m";

}  // namespace

void Page::emit(const std::string& line, size_t marked, const char* color) {
  if (options_.color && marked > 0) {
    text_ += color + line.substr(0, marked) + kPlain + line.substr(marked);
  } else {
    text_ += line;
  }
  text_ += '\n';
}

void Page::line(const std::string& text) {
  emit(printable(text), 0, kBold);
}

void Page::heading(const std::string& text) {
  const std::string safe = printable(text);
  emit(safe, safe.size(), kBold);
}

void Page::headline(const std::string& text) {
  for (const std::string& line : wrapped("", printable(text), options_.width)) emit(line, line.size(), kBold);
}

void Page::paragraph(const std::string& first, const std::string& text) {
  for (const std::string& line : wrapped(first, printable(text), options_.width)) emit(line, 0, kBold);
}

void Page::warning(const std::string& text) {
  const std::string first = "warning: ";
  size_t marked = first.size() - 1;
  for (const std::string& line : wrapped(first, printable(text), options_.width)) {
    emit(line, marked, kYellow);
    marked = 0;
  }
}

void Page::gap() {
  if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
}

}  // namespace umb
