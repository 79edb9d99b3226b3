// SPDX-License-Identifier: Apache-2.0
// Texts from files and users made harmless, one function per place where they end up. Each takes the raw text.
#pragma once

#include <string>
#include <string_view>

namespace umb {

/// Running text or a table's cell in Markdown: no markup, HTML, table border, link, mention or issue number comes of
/// it.
[[nodiscard]] std::string markdown_text(std::string_view text);
/// A name in Markdown, as <code>.
[[nodiscard]] std::string markdown_code(std::string_view text);

/// Text or an attribute's value in XML 1.0; what XML forbids even as a reference becomes "\xNN".
[[nodiscard]] std::string xml_text(std::string_view text);

/// Text or an attribute's value in HTML.
[[nodiscard]] std::string html_text(std::string_view text);

/// A cell of a CSV file: quoted where needed; what a spreadsheet would take for a formula gets an apostrophe before it.
[[nodiscard]] std::string csv_cell(std::string_view text);

/// The message of a GitHub workflow command, and a property such as its title.
[[nodiscard]] std::string github_data(std::string_view text);
[[nodiscard]] std::string github_property(std::string_view text);

/// Printable ASCII; any other byte becomes "\xNN".
[[nodiscard]] std::string ascii_text(std::string_view text);
/// An argument for a shell, quoted where needed; it must be printable.
[[nodiscard]] std::string shell_word(const std::string& text);

}  // namespace umb
