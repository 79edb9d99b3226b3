// SPDX-License-Identifier: Apache-2.0
// What pictures show of a case, few enough values to be kept for many boots.
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

/// Some calls one after the other.
struct DriftBin {
  double call = 0;  ///< of their middle one, counted from 1 in the order in which they were taken
  double lowest = 0, median = 0, highest = 0;
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
  std::vector<DriftBin> drift;           ///< of return_ns
  size_t calls = 0;                      ///< how many are in it
  std::vector<ReleasePoint> released;
  bool released_apart = false;    ///< no call was timed by both clocks: `released` has a quantile of each
  std::vector<CauseMean> causes;  ///< that took any time, in the order of kCauses; none without a pass
};

}  // namespace umb
