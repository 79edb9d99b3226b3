// SPDX-License-Identifier: Apache-2.0
// The one door to gnuplot: figures become pictures. Names reach it as data alone, never as commands.
#pragma once

#include "base/result.h"
#include "plot/figure.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace umb {

/// How a program is run to its end; anything but a good end is an error with what it said. Given by app/, for what
/// reads results sees nothing of sys/.
using RunProgram = std::function<Result<void>(const std::vector<std::string>& arguments, int64_t time_limit_ns)>;

struct Gnuplot {
  std::string program;  ///< its path
  std::string scripts;  ///< the folder plots/
  RunProgram run;
};

enum class PictureType { kSvg, kPng };

/// The bytes of the picture's file.
[[nodiscard]] Result<std::string> draw(const Gnuplot& gnuplot, const Figure& figure, PictureType type);

/// The files that a script reads, as draw() makes them: "layout.gp" has numbers alone, the others are tables with a tab
/// between cells, each text in quotes.
struct FigureFiles {
  std::string layout, points, marks, titles, legend, x_ticks, y_ticks;
};
[[nodiscard]] FigureFiles figure_files(const Figure& figure);

/// A text as a cell of such a table: one line, printable, at most `most` letters, no quote, no escape.
[[nodiscard]] std::string plot_cell(const std::string& text, size_t most);

}  // namespace umb
