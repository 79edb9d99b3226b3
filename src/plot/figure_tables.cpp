// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "plot/gnuplot.h"
#include "plot/text_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace umb {

namespace {

constexpr size_t kWidth = 900;
constexpr size_t kLineHeight = 21;
constexpr double kTitleScale = 14.0 / 12;  ///< of the picture's title to other texts
constexpr double kWidestTick = 520;        ///< at a y axis: some room is left for the panel
constexpr double kRoomOfTick = 24;         ///< between the picture's edge and the axis, beside the text
constexpr double kRoomOfEntry = 54;        ///< of a legend's entry, for the sign before its text
constexpr double kWidestName = 300;        ///< of an axis

std::string number(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.9g", std::isfinite(value) ? value : 0.0);
  return text.data();
}

std::string assigned(const std::string& name, size_t value) {
  return name + " = " + std::to_string(value) + "\n";
}

/// gnuplot knows no array of no values.
std::string assigned(const std::string& name, const std::vector<double>& values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const double value : values) texts.push_back(number(value));
  if (texts.empty()) texts.emplace_back("0");
  return "array " + name + "[" + std::to_string(texts.size()) + "] = [" + join(texts, ",") + "]\n";
}

/// Blocks, one a curve, in the order of the panels.
std::string blocks(const Figure& figure, std::vector<std::vector<double>> Curve::*rows) {
  std::string text;
  for (const Panel& panel : figure.panels) {
    for (const Curve& curve : panel.curves) {
      for (const std::vector<double>& row : curve.*rows) {
        for (size_t i = 0; i < row.size(); ++i) text += (i > 0 ? "\t" : "") + number(row[i]);
        text += '\n';
      }
      // A block without a line would be none, and those behind it would be taken for it.
      if ((curve.*rows).empty()) text += "NaN\tNaN\tNaN\tNaN\n";
      text += "\n\n";
    }
  }
  return text;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

struct Places {
  std::vector<double> from, to;  ///< counted from 1, both inclusive; to < from: none
  size_t count = 0;

  void add(size_t more) {
    from.push_back(static_cast<double>(count + 1));
    count += more;
    to.push_back(static_cast<double>(count));
  }
  [[nodiscard]] std::string text(const std::string& name) const {
    return assigned(name + "_from", from) + assigned(name + "_to", to);
  }
};

std::string layout_of_axis(const Figure& figure, const std::string& name, Axis Panel::*axis) {
  std::vector<double> low;
  std::vector<double> high;
  std::vector<double> at;
  Places ticks;
  for (const Panel& panel : figure.panels) {
    low.push_back((panel.*axis).low);
    high.push_back((panel.*axis).high);
    ticks.add((panel.*axis).ticks.size());
    for (const Tick& tick : (panel.*axis).ticks) at.push_back(tick.at);
  }
  return assigned(name + "_low", low) + assigned(name + "_high", high) + ticks.text(name + "_tick") +
         assigned(name + "_ticks", ticks.count) + assigned(name + "_tick_at", at);
}

struct Texts {
  std::vector<std::string> legend, x_ticks, y_ticks, panel_titles;
};

size_t columns_of(const Figure& figure) {
  return figure.wide || figure.panels.size() < 2 ? 1 : 2;
}

double widest_of(const std::vector<std::string>& texts) {
  double widest = 0;
  for (const std::string& text : texts) widest = std::max(widest, text_width(text));
  return widest;
}

std::vector<std::string> fitted_ticks(const Figure& figure, Axis Panel::*axis, double width) {
  std::vector<std::string> names;
  for (const Panel& panel : figure.panels) {
    for (const Tick& tick : (panel.*axis).ticks) names.push_back(tick.name);
  }
  return fitted(names, width);
}

double room_of_entry(size_t columns) {
  return static_cast<double>(kWidth) / static_cast<double>(columns) - kRoomOfEntry;
}

/// As many as the widest entry lets stand side by side.
size_t legend_columns(const std::vector<std::string>& legend) {
  size_t columns = 3;
  while (columns > 1 && widest_of(legend) > room_of_entry(columns)) --columns;
  return columns;
}

Texts texts_of(const Figure& figure) {
  Texts texts;
  texts.legend = fitted(figure.legend, room_of_entry(1));
  texts.x_ticks = fitted_ticks(figure, &Panel::x, figure.x_tick_width);
  texts.y_ticks = fitted_ticks(figure, &Panel::y, kWidestTick);
  for (const Panel& panel : figure.panels) texts.panel_titles.push_back(panel.title);
  constexpr double kEdges = 24;
  texts.panel_titles =
      fitted(texts.panel_titles, static_cast<double>(kWidth) / static_cast<double>(columns_of(figure)) - kEdges);
  return texts;
}

std::string layout_of(const Figure& figure, const Texts& texts) {
  const size_t columns = columns_of(figure);
  const size_t rows = (figure.panels.size() + columns - 1) / columns;
  const size_t entries = legend_columns(texts.legend);
  const size_t legend_rows = (figure.legend.size() + entries - 1) / entries;
  const size_t head = kLineHeight * (legend_rows + 1) + 16;
  Places curves;
  std::vector<double> styles;
  for (const Panel& panel : figure.panels) {
    curves.add(panel.curves.size());
    for (const Curve& curve : panel.curves) styles.push_back(static_cast<double>(curve.style + 1));
  }
  return assigned("width", kWidth) + assigned("height", head + rows * figure.panel_height) + assigned("head", head) +
         assigned("line_height", kLineHeight) + assigned("columns", columns) +
         assigned("panel_height", figure.panel_height) + assigned("panels", figure.panels.size()) +
         assigned("legends", figure.legend.size()) + assigned("legend_columns", entries) +
         "y_tick_room = " + number(widest_of(texts.y_ticks) + kRoomOfTick) + "\n" + curves.text("curve") +
         assigned("style", styles) + layout_of_axis(figure, "x", &Panel::x) + layout_of_axis(figure, "y", &Panel::y);
}

/// No line of `rows` is EOD: each begins with a quote or a number.
std::string data_block(const std::string& name, const std::string& rows) {
  return "$" + name + " << EOD\n" + rows + "EOD\n";
}

std::string cells(const std::vector<std::string>& texts) {
  std::string rows;
  for (const std::string& text : texts) rows += plot_cell(text) + "\n";
  return rows;
}

/// gnuplot takes a tick's text for a format.
std::string tick_cells(const std::vector<std::string>& names) {
  std::string rows = cells(names);
  replace_all(rows, "%", "%%");
  return rows;
}

/// Before anything is measured: what stands for a letter is wider than it.
Figure for_png(Figure figure) {
  const auto change = [](std::string& text) { text = with_usual_glyphs(printable(text)); };
  change(figure.title);
  change(figure.x_name);
  std::ranges::for_each(figure.legend, change);
  for (Panel& panel : figure.panels) {
    change(panel.title);
    for (Axis* axis : {&panel.x, &panel.y}) {
      for (Tick& tick : axis->ticks) change(tick.name);
    }
  }
  return figure;
}

}  // namespace

std::string plot_cell(const std::string& text) {
  std::string cell = printable(text);
  // What XML forbids, and gnuplot writes as it is.
  replace_all(cell, "]]>", "]] >");
  replace_all(cell, "\xEF\xBF\xBE", "\xEF\xBF\xBD");
  replace_all(cell, "\xEF\xBF\xBF", "\xEF\xBF\xBD");
  replace_all(cell, "\"", "'");
  replace_all(cell, "\\", "\\\\");
  return "\"" + (cell.empty() ? " " : cell) + "\"";
}

std::string figure_tables(const Figure& raw, PictureType type) {
  const Figure figure = type == PictureType::kPng ? for_png(raw) : raw;
  const Texts texts = texts_of(figure);
  std::vector<std::string> titles{fitted(figure.title, static_cast<double>(kWidth - 24) / kTitleScale),
                                  fitted(figure.x_name, kWidestName)};
  titles.insert(titles.end(), texts.panel_titles.begin(), texts.panel_titles.end());
  return assigned("png", type == PictureType::kPng ? 1 : 0) + layout_of(figure, texts) +
         data_block("points", blocks(figure, &Curve::points)) + data_block("marks", blocks(figure, &Curve::marks)) +
         data_block("titles", cells(titles)) + data_block("legend", cells(texts.legend)) +
         data_block("x_ticks", tick_cells(texts.x_ticks)) + data_block("y_ticks", tick_cells(texts.y_ticks));
}

}  // namespace umb
