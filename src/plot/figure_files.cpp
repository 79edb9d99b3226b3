// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "plot/gnuplot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace umb {

namespace {

constexpr size_t kWidth = 900;
constexpr size_t kLineHeight = 21;
constexpr size_t kLongestTitle = 110;
constexpr size_t kLongestPanelTitle = 62;
constexpr size_t kLongestLegend = 34;
constexpr size_t kLongestTick = 40;

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

std::string layout_of(const Figure& figure) {
  constexpr size_t kLegendColumns = 3;
  const size_t columns = figure.wide || figure.panels.size() < 2 ? 1 : 2;
  const size_t rows = (figure.panels.size() + columns - 1) / columns;
  const size_t legend_rows = (figure.legend.size() + kLegendColumns - 1) / kLegendColumns;
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
         assigned("legends", figure.legend.size()) + assigned("legend_columns", kLegendColumns) + curves.text("curve") +
         assigned("style", styles) + layout_of_axis(figure, "x", &Panel::x) + layout_of_axis(figure, "y", &Panel::y);
}

std::string ticks_of(const Figure& figure, Axis Panel::*axis) {
  std::string text;
  for (const Panel& panel : figure.panels) {
    for (const Tick& tick : (panel.*axis).ticks) {
      // gnuplot takes a tick's text for a format.
      for (const char letter : plot_cell(tick.name, kLongestTick))
        text += letter == '%' ? "%%" : std::string(1, letter);
      text += '\n';
    }
  }
  return text;
}

}  // namespace

std::string plot_cell(const std::string& text, size_t most) {
  std::string cell;
  size_t letters = 0;
  std::string safe = printable(text.substr(0, 8 * most));
  // What XML forbids, and gnuplot writes as it is.
  replace_all(safe, "]]>", "]] >");
  replace_all(safe, "\xEF\xBF\xBE", "\xEF\xBF\xBD");
  replace_all(safe, "\xEF\xBF\xBF", "\xEF\xBF\xBD");
  for (size_t i = 0; i < safe.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(safe[i]) & 0xC0U) != 0x80U;
    if (begins && ++letters > most) {
      cell += "…";
      break;
    }
    if (safe[i] == '"') {
      cell += '\'';
    } else if (safe[i] == '\\') {
      cell += "\\\\";
    } else {
      cell += safe[i];
    }
  }
  return "\"" + (cell.empty() ? " " : cell) + "\"";
}

FigureFiles figure_files(const Figure& figure) {
  FigureFiles files;
  files.layout = layout_of(figure);
  files.points = blocks(figure, &Curve::points);
  files.marks = blocks(figure, &Curve::marks);
  files.titles = plot_cell(figure.title, kLongestTitle) + "\n" + plot_cell(figure.x_name, kLongestTick) + "\n";
  for (const Panel& panel : figure.panels) files.titles += plot_cell(panel.title, kLongestPanelTitle) + "\n";
  for (const std::string& name : figure.legend) files.legend += plot_cell(name, kLongestLegend) + "\n";
  files.x_ticks = ticks_of(figure, &Panel::x);
  files.y_ticks = ticks_of(figure, &Panel::y);
  return files;
}

}  // namespace umb
