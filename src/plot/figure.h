// SPDX-License-Identifier: Apache-2.0
// What a script in plots/ is given: numbers, and texts beside them. Times are in seconds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace umb {

/// What all curves of a figure may have together, so that it stays under 200 KB as SVG.
inline constexpr size_t kMostVertices = 7'500;
inline constexpr size_t kMostOfOneCurve = 2'000;
/// Of each of so many curves. A curve of none would take some bytes too.
constexpr size_t vertices_of_a_curve(size_t curves) {
  constexpr size_t kOfNone = 60;
  return std::min(kMostOfOneCurve, kMostVertices / curves - kOfNone);
}
/// The same of points, which are eight times as long.
inline constexpr size_t kMostPoints = 1'000;
inline constexpr size_t kMostPanels = 6;
inline constexpr size_t kMostStyles = 8;
/// Sides of a figure whose sides are rows.
inline constexpr size_t kMostRows = 24;

struct Tick {
  double at = 0;
  std::string name;
};

struct Axis {
  double low = 0, high = 1;
  std::vector<Tick> ticks;
};

struct Curve {
  size_t style = 0;  ///< index into Figure::legend, and the colour
  std::vector<std::vector<double>> points;
  std::vector<std::vector<double>> marks;  ///< what is to be marked on or beside it
};

struct Panel {
  std::string title;
  Axis x, y;
  std::vector<Curve> curves;
};

/// Texts are raw: the door to gnuplot makes them harmless.
struct Figure {
  std::string kind;  ///< "distribution": the script's name
  std::string title;
  std::string x_name;               ///< where the script does not know it
  std::vector<std::string> legend;  ///< one a style; empty: none is shown
  std::vector<Panel> panels;        ///< none: there is nothing to show
  std::vector<std::string> notes;   ///< how to read it, and what is left out
  size_t panel_height = 260;        ///< in pixels
  bool wide = false;                ///< one panel a row
  double x_tick_width = 180;        ///< of the widest text at an x axis, in pixels
};

}  // namespace umb
