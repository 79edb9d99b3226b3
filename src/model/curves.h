// SPDX-License-Identifier: Apache-2.0
// What pictures show of a case, few enough bytes to be kept for many boots.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace umb {

/// A value, and the share of all values at or below it.
struct CurvePoint {
  double value = 0;
  double share = 0;
};

struct ReleasePoint {
  double return_ns = 0, released_ns = 0;
};

struct CauseMean {
  std::string cause;  ///< one of kCauses
  double mean_ns = 0;
};

/// Of the samples that a summary counts. All above 0: axes are logarithmic.
struct CaseCurves {
  std::vector<CurvePoint> distribution;  ///< of return_ns, ascending; the whole range, with both tails
  /// return_ns as they came, or of so many that they are too many the lowest, median and highest of each few: what a
  /// bin is, only the picture knows.
  std::vector<float> in_order;
  size_t calls = 0;  ///< that `in_order` stands for
  std::vector<ReleasePoint> released;
  bool released_apart = false;    ///< no call was timed by both clocks: `released` has a quantile of each
  std::vector<CauseMean> causes;  ///< that took any time, in the order of kCauses; none without a pass
};

}  // namespace umb
