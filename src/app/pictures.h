// SPDX-License-Identifier: Apache-2.0
// Pictures for what is written: gnuplot is found and run here, so that what reads results needs nothing of sys/.
#pragma once

#include "base/result.h"
#include "model/picture.h"
#include "plot/gnuplot.h"
#include "plot/kinds.h"

namespace umb {

/// gnuplot as it is installed here, with our scripts. kUnavailable, with the package's name.
[[nodiscard]] Result<Gnuplot> gnuplot_here();

/// A picture of each kind that there is something to show of. Why there are none is in them, and logged.
[[nodiscard]] Pictures pictures_of(const PlotSubject& subject);

/// For DigestOptions::curve_points: fewer for each of many boots, so that all fit into memory.
[[nodiscard]] size_t curve_points_for(size_t boots);

}  // namespace umb
