// SPDX-License-Identifier: Apache-2.0
// Texts that stay in their places: SVG breaks and cuts none by itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// About how many pixels a text takes in the pictures' font: rather too many than too few.
[[nodiscard]] double text_width(std::string_view text);

/// The texts, printable and at most `width` pixels wide: of a longer one the middle makes way for "…". Those that
/// differ stay different.
[[nodiscard]] std::vector<std::string> fitted(const std::vector<std::string>& texts, double width);
[[nodiscard]] std::string fitted(const std::string& text, double width);

/// The same text without letters that a usual font has no glyph for: each becomes its number, "\u6f22".
[[nodiscard]] std::string with_usual_glyphs(std::string_view text);

}  // namespace umb
