// SPDX-License-Identifier: Apache-2.0
#include "plot/text_fit.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <set>
#include <span>

namespace umb {

namespace {

constexpr const char* kCut = "…";

struct Letter {
  std::string_view bytes;
  uint32_t code = 0;
};

/// Of valid UTF-8.
std::vector<Letter> letters_of(std::string_view text) {
  std::vector<Letter> letters;
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    const auto first = static_cast<unsigned char>(text[at]);
    // What the first byte has beside the length.
    uint32_t code = end - at == 1 ? first : first & (0x7FU >> (end - at));
    for (size_t i = at + 1; i < end; ++i) code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    letters.push_back({text.substr(at, end - at), code});
    at = end;
  }
  return letters;
}

/// Of DejaVu Sans with 12 pixels, which is wide as fonts go.
double width_of(uint32_t code) {
  constexpr std::string_view kNarrow = "fijlrtI|.,:;'`!/\\-()[] ";
  constexpr std::string_view kWide = "mwMW@%";
  constexpr std::string_view kSigns = "=+<>~#&_\"*$";
  constexpr uint32_t kAsian = 0x2E80;
  if (code >= kAsian) return 17;
  if (code >= 0x7F) return 12;
  const char letter = static_cast<char>(code);
  if (kNarrow.find(letter) != std::string_view::npos) return 5;
  if (kWide.find(letter) != std::string_view::npos) return 12;
  if (kSigns.find(letter) != std::string_view::npos || (letter >= 'A' && letter <= 'Z')) return 10;
  return 7.7;
}

double width_of(std::span<const Letter> letters) {
  double width = 0;
  for (const Letter& letter : letters) width += width_of(letter.code);
  return width;
}

/// `behind`: the share of the room that what comes behind the cut gets.
std::string cut(const std::string& text, double width, double behind) {
  const std::vector<Letter> letters = letters_of(text);
  if (width_of(letters) <= width) return text;
  const double room = width - text_width(kCut);
  size_t from = letters.size();
  double taken = 0;
  while (from > 0 && taken + width_of(letters[from - 1].code) <= room * behind) taken += width_of(letters[--from].code);
  std::string head;
  for (size_t i = 0; i < from && taken + width_of(letters[i].code) <= room; ++i) {
    taken += width_of(letters[i].code);
    head += letters[i].bytes;
  }
  std::string tail;
  for (size_t i = from; i < letters.size(); ++i) tail += letters[i].bytes;
  return head + kCut + tail;
}

size_t count_different(const std::vector<std::string>& texts) {
  return std::set<std::string>(texts.begin(), texts.end()).size();
}

/// Latin, Greek and Cyrillic, and what is used between words.
bool usual(uint32_t code) {
  return (code >= 0x20 && code < 0x7F) || (code >= 0xA0 && code < 0x250) || (code >= 0x391 && code < 0x3CA) ||
         (code >= 0x410 && code < 0x450) || (code >= 0x2013 && code <= 0x2026);
}

}  // namespace

double text_width(std::string_view text) {
  return width_of(letters_of(text));
}

std::vector<std::string> fitted(const std::vector<std::string>& texts, double width) {
  std::vector<std::string> whole;
  whole.reserve(texts.size());
  for (const std::string& text : texts) whole.push_back(printable(text));
  const size_t different = count_different(whole);
  std::vector<std::string> short_ones(whole.size());
  // What they differ in may stand anywhere.
  for (const double behind : {0.5, 0.75, 0.25, 0.95, 0.05}) {
    std::ranges::transform(whole, short_ones.begin(),
                           [&](const std::string& text) { return cut(text, width, behind); });
    if (count_different(short_ones) == different) return short_ones;
  }
  std::vector<std::string> known;
  for (size_t i = 0; i < whole.size(); ++i) {
    auto place = std::ranges::find(known, whole[i]);
    if (place == known.end()) place = known.insert(known.end(), whole[i]);
    const std::string number = "#" + std::to_string(place - known.begin() + 1) + " ";
    short_ones[i] = number + cut(whole[i], width - text_width(number), 0.5);
  }
  return short_ones;
}

std::string fitted(const std::string& text, double width) {
  return fitted(std::vector<std::string>{text}, width)[0];
}

std::string with_usual_glyphs(std::string_view text) {
  std::string safe;
  for (const Letter& letter : letters_of(text)) {
    if (usual(letter.code)) {
      safe += letter.bytes;
      continue;
    }
    std::array<char, 16> code{};
    std::snprintf(code.data(), code.size(), letter.code > 0xFFFF ? "\\U%08x" : "\\u%04x", letter.code);
    safe += code.data();
  }
  return safe;
}

}  // namespace umb
