// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/summary.h"
#include "model/record.h"

#include <cstddef>
#include <vector>

namespace umb {

/// What a format is given: the record, and what summarise_all() says of it. Both must outlive the view.
struct RunView {
  const RunRecord& record;
  const std::vector<CaseSummary>& summaries;
};

struct RenderOptions {
  size_t width = 0;     ///< columns to stay within where possible; 0: no limit
  bool color = false;   ///< never the only sign of anything
  bool unicode = true;  ///< false: ASCII only, but for names that have other letters
};

}  // namespace umb
