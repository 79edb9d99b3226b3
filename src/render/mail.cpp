// SPDX-License-Identifier: Apache-2.0
#include "render/mail.h"

#include "render/escape.h"
#include "render/text_table.h"

namespace umb {

namespace {

constexpr size_t kWidth = 75;

}  // namespace

void Mail::paragraph(const std::string& first, const std::string& text) {
  for (const std::string& one : wrapped(first, ascii_text(text), kWidth)) line(one);
}

void Mail::line(const std::string& text) {
  const std::string ascii = ascii_text(text);
  for (size_t at = 0; at == 0 || at < ascii.size(); at += kWidth) text_ += ascii.substr(at, kWidth) + "\n";
}

void Mail::gap() {
  if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
}

}  // namespace umb
