// SPDX-License-Identifier: Apache-2.0
#include "render/escape.h"

#include "base/text.h"

#include <array>
#include <cctype>
#include <cstdio>

namespace umb {

namespace {

std::string hex(const char* prefix, unsigned char letter) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%s%02X", prefix, static_cast<unsigned>(letter));
  return text.data();
}

/// Each of `letters` becomes `prefix` and its two hexadecimal digits.
std::string hex_escaped(std::string_view text, std::string_view letters, const char* prefix) {
  std::string escaped;
  for (const char letter : text) {
    if (letters.find(letter) == std::string_view::npos) {
      escaped += letter;
    } else {
      escaped += hex(prefix, static_cast<unsigned char>(letter));
    }
  }
  return escaped;
}

std::string reference(char letter) {
  return "&#" + std::to_string(static_cast<int>(letter)) + ";";
}

/// An underscore inside a word is none: names stay readable.
bool is_emphasis(std::string_view text, size_t at) {
  const auto in_word = [&](size_t i) {
    return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0);
  };
  return text[at] == '_' && (at == 0 || !in_word(at - 1) || !in_word(at + 1));
}

/// U+FFFE and U+FFFF are valid UTF-8, but no XML.
bool is_no_xml(std::string_view text, size_t at) {
  return text.substr(at, 3) == "\xEF\xBF\xBE" || text.substr(at, 3) == "\xEF\xBF\xBF";
}

}  // namespace

std::string markdown_text(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*[]<>&|~$";
  const std::string safe = printable(text);
  std::string escaped;
  for (size_t i = 0; i < safe.size(); ++i) {
    const char letter = safe[i];
    if (kMarkup.find(letter) != std::string_view::npos || is_emphasis(safe, i) || safe.compare(i, 3, "://") == 0) {
      escaped += reference(letter);
    } else if (letter == '@' || letter == '#') {
      escaped += letter + std::string("&#8203;");  // a space of no width: nobody is mentioned, no issue linked
    } else {
      escaped += letter;
    }
  }
  return escaped;
}

std::string markdown_code(std::string_view text) {
  return "<code>" + markdown_text(text) + "</code>";
}

std::string xml_text(std::string_view text) {
  const std::string safe = printable(text);
  std::string escaped;
  for (size_t i = 0; i < safe.size(); ++i) {
    switch (safe[i]) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        if (is_no_xml(safe, i)) {
          for (size_t k = 0; k < 3; ++k) escaped += hex("\\x", static_cast<unsigned char>(safe[i + k]));
          i += 2;
        } else {
          escaped += safe[i];
        }
    }
  }
  return escaped;
}

std::string html_text(std::string_view text) {
  // What XML allows HTML does, but for the apostrophe, which may end an attribute's value too.
  std::string escaped;
  for (const char letter : xml_text(text)) escaped += letter == '\'' ? "&#39;" : std::string(1, letter);
  return escaped;
}

std::string csv_cell(std::string_view text) {
  constexpr std::string_view kFormula = "=+-@";
  std::string safe = printable(text);
  const size_t first = safe.find_first_not_of(' ');
  if (first != std::string::npos && kFormula.find(safe[first]) != std::string_view::npos) safe.insert(0, 1, '\'');
  if (safe.find_first_of(",;\"' ") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char letter : safe) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + "\"";
}

std::string github_data(std::string_view text) {
  return hex_escaped(printable(text), "%\r\n", "%");
}

std::string github_property(std::string_view text) {
  return hex_escaped(printable(text), "%\r\n:,", "%");
}

std::string ascii_text(std::string_view text) {
  std::string ascii;
  for (const char letter : printable(text)) {
    ascii += (static_cast<unsigned char>(letter) < 0x80) ? std::string(1, letter)
                                                         : hex("\\x", static_cast<unsigned char>(letter));
  }
  return ascii;
}

std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./=:,%+-";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string word = "'";
  for (const char letter : text) word += letter == '\'' ? "'\\''" : std::string(1, letter);
  return word + "'";
}

}  // namespace umb
