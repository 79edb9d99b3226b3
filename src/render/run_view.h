// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/summary.h"
#include "model/picture.h"
#include "model/record.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace umb {

/// What a format is given of a run: the record, and what summarise_all() says of it. Both must outlive the view.
struct RunView {
  const RunRecord& record;
  const std::vector<CaseSummary>& summaries;
  std::string source = {};  ///< the file it came from; empty: none yet
};
/// A report shows several results in one text, in this order.
using RunViews = std::span<const RunView>;

/// The source, or the run's id where there is none; not printable yet.
[[nodiscard]] inline std::string run_name(const RunView& view) {
  return view.source.empty() ? "run " + view.record.run.id : view.source;
}

struct RenderOptions {
  size_t width = 0;                    ///< columns to stay within where possible; 0: no limit
  bool color = false;                  ///< never the only sign of anything
  bool unicode = true;                 ///< false: ASCII only, but for names that have other letters
  bool in_test_suite = false;          ///< of kselftest, which has begun the KTAP document itself
  const Pictures* pictures = nullptr;  ///< for formats that show some; null: none were asked for
};

}  // namespace umb
