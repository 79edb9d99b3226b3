// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trace/frames.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// A time in which one cause has everything.
struct CauseSpan {
  int64_t from_ns = 0;
  int64_t to_ns = 0;
  std::string cause;
};

/// What time goes to, whoever spends it: at every moment it is the innermost open function of the task whose outermost
/// one began last, or a grace period if one of those around it waits for that. A lock that was had in less than
/// `floor_ns` was not waited for: its time is its caller's. In order of time and without overlaps; what is not in it is
/// "rest".
[[nodiscard]] std::vector<CauseSpan> cause_timeline(const Frames& frames, int64_t floor_ns);

}  // namespace umb
