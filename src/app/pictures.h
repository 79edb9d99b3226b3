// SPDX-License-Identifier: Apache-2.0
// Pictures for what is written: gnuplot is found and run here, so that what reads results needs nothing of sys/.
#pragma once

#include "app/outputs.h"
#include "base/result.h"
#include "model/picture.h"
#include "plot/gnuplot.h"
#include "plot/kinds.h"
#include "render/explain_view.h"
#include "render/run_view.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace umb {

/// gnuplot as it is installed here, with our scripts. kUnavailable, with the package's name.
[[nodiscard]] Result<Gnuplot> gnuplot_here();

/// A picture of each of these kinds that there is something to show of. Why there are none is in them, and logged.
[[nodiscard]] Pictures pictures_of(const PlotSubject& subject, std::span<const PlotKind> kinds = plot_kinds());
/// The same of runs: those that are alike in what is under test are one side.
[[nodiscard]] Pictures pictures_of(RunViews runs);
/// Of the causes alone, of these cases.
[[nodiscard]] Pictures pictures_of(const ExplainView& view);
/// In the order of the rows, the worst first.
[[nodiscard]] Pictures pictures_of(const Comparison& comparison, const std::vector<std::string>& by_parameters);

/// Draws a figure into a file, and logs how to read it.
[[nodiscard]] Result<void> write_picture(const Gnuplot& gnuplot, const Figure& figure, PictureType type,
                                         const std::string& place);

/// By the ending of the place that the option `option` gives, .svg or .png. kUsage for another.
[[nodiscard]] Result<PictureType> picture_type_of(const std::string& option, const std::string& place);

/// Whether one of the outputs shows pictures.
[[nodiscard]] bool wants_pictures(const std::vector<Output>& outputs);

/// For DigestOptions::curve_points: fewer for each of many boots, so that all fit into memory.
[[nodiscard]] size_t curve_points_for(size_t boots);

}  // namespace umb
