// SPDX-License-Identifier: Apache-2.0
#include "render/html_page.h"

#include "render/escape.h"
#include "render/html_style.h"
#include "render/shortened.h"

#include <algorithm>
#include <utility>

namespace umb {

namespace {

constexpr size_t kLimit = 3'000'000;
constexpr size_t kReserve = 1'000;  ///< for what closes the page

std::string text_of(const std::string& text) {
  return html_text(shortened(text));
}

/// A case's id may be broken behind a slash.
std::string code_of(const std::string& text) {
  std::string code;
  for (const char letter : text_of(text)) code += letter == '/' ? "/<wbr>" : std::string(1, letter);
  return "<code>" + code + "</code>";
}

/// Attributes beside the classes: they hold where styles are blocked.
std::string attributes_of(HtmlCell::Kind kind) {
  using Kind = HtmlCell::Kind;
  switch (kind) {
    case Kind::kFigure:
      return " align=\"right\" nowrap";
    case Kind::kCode:
    case Kind::kLong:
      return " class=\"long\"";
    case Kind::kSlower:
      return " nowrap class=\"verdict slower\"";
    case Kind::kFaster:
      return " nowrap class=\"verdict faster\"";
    case Kind::kOpen:
      return " nowrap class=\"verdict open\"";
    case Kind::kSame:
      return " nowrap class=\"verdict\"";
    case Kind::kText:
      break;
  }
  return "";
}

std::string cell_of(const HtmlCell& cell) {
  const std::string span = cell.rows > 1 ? " rowspan=\"" + std::to_string(cell.rows) + "\"" : "";
  const std::string text = cell.kind == HtmlCell::Kind::kCode ? code_of(cell.text) : text_of(cell.text);
  return "<td valign=\"top\"" + span + attributes_of(cell.kind) + ">" + text + "</td>";
}

size_t room_for(const Pictures* pictures) {
  size_t bytes = 0;
  if (pictures == nullptr) return bytes;
  for (const Picture& one : pictures->all) bytes += one.svg.size() + 4'000;
  return bytes;
}

std::string figure_of(const Picture& picture) {
  std::string caption;
  for (const std::string& note : picture.notes) caption += (caption.empty() ? "" : " ") + text_of(note);
  return "<figure id=\"plot-" + html_text(picture.kind) + "\">\n<div class=\"plot\">" + picture.svg +
         "</div>\n<figcaption>" + caption + "</figcaption>\n</figure>\n";
}

}  // namespace

HtmlPage::HtmlPage(const std::string& title, const Pictures* pictures)
    : pictures_(pictures), reserved_(room_for(pictures)) {
  // The policy is ours too: should a name ever get out of its place, nothing is run or loaded for it.
  text_ =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      text_of(title) + "</title>\n<style>" + kHtmlStyle + "</style>\n</head>\n<body>\n<main>\n";
}

void HtmlPage::open(std::string opening, std::string closing) {
  open_.push_back({std::move(opening), std::move(closing)});
}

void HtmlPage::close() {
  if (open_.back().written) text_ += open_.back().closing;
  open_.pop_back();
}

void HtmlPage::add(const std::string& piece) {
  std::string whole;
  size_t closings = 0;
  for (const Element& element : open_) {
    if (!element.written) whole += element.opening;
    closings += element.closing.size();
  }
  whole += piece;
  if (text_.size() + whole.size() + closings + reserved_ > kLimit - kReserve) {
    ++left_out_;
    return;
  }
  text_ += whole;
  for (Element& element : open_) element.written = true;
}

void HtmlPage::headline(const std::string& text) {
  add("<h1>" + text_of(text) + "</h1>\n");
}

void HtmlPage::section(const std::string& text) {
  add("<h2>" + text_of(text) + "</h2>\n");
}

void HtmlPage::heading(const std::string& text) {
  add("<h3>" + text_of(text) + "</h3>\n");
}

void HtmlPage::paragraph(const std::string& text) {
  add("<p>" + text_of(text) + "</p>\n");
}

void HtmlPage::soft(const std::string& text) {
  add("<p class=\"soft\">" + text_of(text) + "</p>\n");
}

void HtmlPage::list(const std::vector<std::string>& items) {
  open("<ul>\n", "</ul>\n");
  for (const std::string& item : items) add("<li>" + text_of(item) + "</li>\n");
  close();
}

void HtmlPage::table(const std::vector<std::string>& header, const std::vector<HtmlRow>& rows) {
  if (rows.empty()) return;
  std::string head = "<div class=\"scroll\"><table border=\"1\" cellpadding=\"4\" cellspacing=\"0\">\n<thead><tr>";
  for (size_t i = 0; i < header.size(); ++i) {
    const bool figures = i < rows[0].size() && rows[0][i].kind == HtmlCell::Kind::kFigure;
    head +=
        std::string("<th scope=\"col\" align=\"") + (figures ? "right" : "left") + "\">" + text_of(header[i]) + "</th>";
  }
  open(head + "</tr></thead>\n<tbody>\n", "</tbody>\n</table></div>\n");
  for (const HtmlRow& row : rows) {
    std::string line = "<tr>";
    for (const HtmlCell& cell : row) line += cell_of(cell);
    add(line + "</tr>\n");
  }
  close();
}

void HtmlPage::preformatted(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += html_text(line) + "\n";
  add("<pre>" + text + "</pre>\n");
}

void HtmlPage::open_fold(const std::string& summary) {
  open("<details><summary>" + text_of(summary) + "</summary>\n", "</details>\n");
}

void HtmlPage::close_fold() {
  close();
}

void HtmlPage::pictures() {
  if (pictures_ == nullptr || (pictures_->all.empty() && pictures_->missing.empty() && pictures_->not_drawn.empty())) {
    return;
  }
  section("Plots");
  if (!pictures_->missing.empty()) paragraph("No pictures: " + pictures_->missing + ".");
  for (const std::string& one : pictures_->not_drawn) paragraph("Not drawn: " + one + ".");
  for (const Picture& one : pictures_->all) {
    const std::string figure = figure_of(one);
    reserved_ -= std::min(reserved_, one.svg.size() + 4'000);
    add(figure);
  }
}

std::string HtmlPage::text() const {
  std::string end;
  if (left_out_ > 0) {
    end = "<p>" + std::to_string(left_out_) + (left_out_ == 1 ? " piece is" : " pieces are") +
          " left out to stay under 3 MB: the formats json and csv have all.</p>\n";
  }
  return text_ + end + "</main>\n</body>\n</html>\n";
}

std::vector<HtmlRow> html_rows(const std::vector<TableColumn>& columns,
                               const std::vector<std::vector<std::string>>& rows) {
  std::vector<HtmlRow> all;
  all.reserve(rows.size());
  for (const std::vector<std::string>& row : rows) {
    HtmlRow& cells = all.emplace_back();
    for (size_t i = 0; i < row.size(); ++i) {
      cells.push_back({row[i], columns[i].align == Align::kLeft ? HtmlCell::Kind::kText : HtmlCell::Kind::kFigure});
    }
  }
  return all;
}

}  // namespace umb
