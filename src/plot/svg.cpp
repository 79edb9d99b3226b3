// SPDX-License-Identifier: Apache-2.0
#include "plot/svg.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <vector>

namespace umb {

namespace {

constexpr std::array<std::string_view, 14> kElements{"svg",      "g",    "path", "rect",    "circle",
                                                     "ellipse",  "line", "text", "tspan",   "polygon",
                                                     "polyline", "use",  "defs", "clipPath"};
/// What paints or places; everything else (style, class, events, links to elsewhere) is left out.
constexpr std::array<std::string_view, 46> kAttributes{"width",
                                                       "height",
                                                       "viewBox",
                                                       "x",
                                                       "y",
                                                       "x1",
                                                       "y1",
                                                       "x2",
                                                       "y2",
                                                       "dx",
                                                       "dy",
                                                       "cx",
                                                       "cy",
                                                       "r",
                                                       "rx",
                                                       "ry",
                                                       "d",
                                                       "points",
                                                       "fill",
                                                       "fill-opacity",
                                                       "fill-rule",
                                                       "stroke",
                                                       "stroke-width",
                                                       "stroke-linecap",
                                                       "stroke-linejoin",
                                                       "stroke-dasharray",
                                                       "stroke-opacity",
                                                       "stroke-miterlimit",
                                                       "opacity",
                                                       "color",
                                                       "transform",
                                                       "font-family",
                                                       "font-size",
                                                       "font-weight",
                                                       "font-style",
                                                       "text-anchor",
                                                       "dominant-baseline",
                                                       "baseline-shift",
                                                       "xml:space",
                                                       "clip-path",
                                                       "preserveAspectRatio",
                                                       "xmlns",
                                                       "xmlns:xlink",
                                                       "letter-spacing",
                                                       "visibility",
                                                       "clip-rule"};

bool known(const auto& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

/// What stands in the file is XML text: what could open a tag or is no reference becomes one.
std::string safe_text(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') {
      safe += "&lt;";
    } else if (text[i] == '>') {
      safe += "&gt;";
    } else if (text[i] == '"') {
      safe += "&quot;";
    } else if (text[i] == '&') {
      const std::string_view rest = text.substr(i);
      const bool reference =
          std::ranges::any_of(std::array<std::string_view, 5>{"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"},
                              [&](std::string_view one) { return rest.starts_with(one); });
      safe += reference ? "&" : "&amp;";
    } else {
      // gnuplot breaks a path's lines.
      const bool control = static_cast<unsigned char>(text[i]) < 0x20;
      if (!control) safe += text[i];
      if (control && !safe.ends_with(' ')) safe += ' ';
    }
  }
  return safe;
}

struct Attribute {
  std::string name, value;
};

/// "use xlink:href='#a' x='1'": after the element's name.
std::vector<Attribute> attributes_of(std::string_view tag) {
  std::vector<Attribute> attributes;
  size_t at = tag.find_first_of(" \t\n");
  while (at != std::string_view::npos) {
    at = tag.find_first_not_of(" \t\n/", at);
    const size_t equals = tag.find('=', std::min(at, tag.size()));
    if (at == std::string_view::npos || equals == std::string_view::npos) break;
    const size_t open = tag.find_first_of("'\"", equals);
    if (open == std::string_view::npos) break;
    const size_t close = tag.find(tag[open], open + 1);
    if (close == std::string_view::npos) break;
    attributes.push_back(
        {std::string(trimmed(tag.substr(at, equals - at))), std::string(tag.substr(open + 1, close - open - 1))});
    at = close + 1;
  }
  return attributes;
}

/// "fill:none; color:black" as attributes of these names.
void add_style(const std::string& style, std::vector<Attribute>& attributes) {
  for (const std::string& part : split(style, ';')) {
    const size_t colon = part.find(':');
    if (colon == std::string::npos) continue;
    attributes.push_back({std::string(trimmed(part.substr(0, colon))), std::string(trimmed(part.substr(colon + 1)))});
  }
}

std::string written(const Attribute& attribute, const std::string& prefix) {
  const std::string& value = attribute.value;
  if (attribute.name == "id") return " id=\"" + prefix + safe_text(value) + "\"";
  if (attribute.name == "xlink:href" || attribute.name == "href") {
    return value.starts_with('#') ? " xlink:href=\"#" + prefix + safe_text(value.substr(1)) + "\"" : "";
  }
  if (!known(kAttributes, attribute.name)) return "";
  const size_t reference = value.find("url(");
  if (reference == std::string::npos) return " " + attribute.name + "=\"" + safe_text(value) + "\"";
  if (!value.starts_with("url(#")) return "";
  return " " + attribute.name + "=\"url(#" + prefix + safe_text(value.substr(5)) + "\"";
}

/// Where the tag that begins at `open` ends: at its '>', which a quoted value may have too.
size_t end_of_tag(std::string_view svg, size_t open) {
  char quote = '\0';
  for (size_t i = open; i < svg.size(); ++i) {
    if (quote != '\0') {
      if (svg[i] == quote) quote = '\0';
    } else if (svg[i] == '"' || svg[i] == '\'') {
      quote = svg[i];
    } else if (svg[i] == '>') {
      return i;
    }
  }
  return std::string_view::npos;
}

/// Tag by tag; within an element that is left out, nothing is kept.
class Embedder {
 public:
  explicit Embedder(const std::string& prefix) : prefix_(prefix) {}

  void text(std::string_view piece) {
    if (left_out_ == 0 && in_text_ > 0) out_ += safe_text(piece);
  }
  /// Without its angle brackets.
  void tag(std::string_view tag) {
    const bool closes = tag.starts_with('/');
    const bool empty = tag.ends_with('/');
    if (closes) tag.remove_prefix(1);
    const std::string name(tag.substr(0, tag.find_first_of(" \t\n/")));
    if (left_out_ > 0 || !known(kElements, name)) {
      if (closes) {
        left_out_ -= left_out_ > 0 ? 1 : 0;
      } else if (!empty) {
        ++left_out_;
      }
      return;
    }
    if (name == "text" && !empty) in_text_ += closes ? -1 : 1;
    if (closes) {
      close(name);
    } else {
      open(name, tag, empty);
    }
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void open(const std::string& name, std::string_view tag, bool empty) {
    std::vector<Attribute> attributes = attributes_of(tag);
    const auto style = std::ranges::find(attributes, "style", &Attribute::name);
    if (style != attributes.end()) add_style(std::string(style->value), attributes);
    last_open_ = out_.size();
    out_ += "<" + name;
    for (const Attribute& attribute : attributes) out_ += written(attribute, prefix_);
    out_ += empty ? "/>" : ">";
    last_end_ = empty ? 0 : out_.size();
  }
  /// gnuplot writes many groups of nothing.
  void close(const std::string& name) {
    if (name == "g" && last_end_ == out_.size()) {
      out_.resize(last_open_);
    } else {
      out_ += "</" + name + ">";
    }
    last_end_ = 0;
  }

  const std::string& prefix_;
  std::string out_;
  size_t left_out_ = 0;
  int in_text_ = 0;
  size_t last_open_ = 0, last_end_ = 0;
};

}  // namespace

std::string embedded_svg(std::string_view svg, const std::string& prefix) {
  Embedder embedder(prefix);
  size_t at = 0;
  while (at < svg.size()) {
    const size_t open = std::min(svg.find('<', at), svg.size());
    embedder.text(svg.substr(at, open - at));
    if (open == svg.size()) break;
    const bool comment = svg.substr(open).starts_with("<!--");
    const size_t close = comment ? svg.find("-->", open) : end_of_tag(svg, open);
    if (close == std::string_view::npos) break;
    at = close + (comment ? 3 : 1);
    const std::string_view tag = svg.substr(open + 1, close - open - 1);
    if (!comment && !tag.starts_with('?') && !tag.starts_with('!')) embedder.tag(tag);
  }
  return embedder.take();
}

}  // namespace umb
