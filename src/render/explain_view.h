// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/explained.h"
#include "render/run_view.h"

#include <string>
#include <vector>

namespace umb {

/// What a format is given of where the time went in a run; all of it must outlive the view.
struct ExplainView {
  RunView run;
  const std::vector<Explained>& cases;  ///< those that were asked for
};

}  // namespace umb
