// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/history.h"
#include "plot/figure.h"

namespace umb {

/// A panel a case, those that changed first: a point a build, a line for each level between changes. Times only;
/// without panels where no case has any.
[[nodiscard]] Figure history_figure(const History& history);

}  // namespace umb
