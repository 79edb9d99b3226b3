// SPDX-License-Identifier: Apache-2.0
// The one door to gnuplot: figures become pictures. All goes in through its stdin and comes out of its stdout, so that
// nothing is left anywhere; names reach it as data alone, never as commands.
#pragma once

#include "base/result.h"
#include "plot/figure.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace umb {

/// How a program is run to its end with `input` on its stdin: what it wrote to stdout; anything but a good end is an
/// error with what it said. Given by app/, for what reads results sees nothing of sys/.
using RunProgram = std::function<Result<std::string>(const std::vector<std::string>& arguments,
                                                     const std::string& input, int64_t time_limit_ns)>;

struct Gnuplot {
  std::string program;                                                 ///< its path
  std::function<Result<std::string>(const std::string& name)> script;  ///< the text of a file of plots/ ("drift.gp")
  RunProgram run;
};

enum class PictureType { kSvg, kPng };

/// The bytes of the picture's file.
[[nodiscard]] Result<std::string> draw(const Gnuplot& gnuplot, const Figure& figure, PictureType type);

/// What a script finds when it begins: variables and arrays of numbers, then its data blocks $points, $marks, $titles,
/// $legend, $x_ticks and $y_ticks: tables with a tab between cells, each text in quotes. A PNG has the glyphs of usual
/// fonts alone: gnuplot would blow up what stands in for another.
[[nodiscard]] std::string figure_tables(const Figure& figure, PictureType type);

/// A text as a cell of such a table: one line, printable, no quote, no escape.
[[nodiscard]] std::string plot_cell(const std::string& text);

}  // namespace umb
