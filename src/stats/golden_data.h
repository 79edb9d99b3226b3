// SPDX-License-Identifier: Apache-2.0
// For tests only: values computed with numpy and scipy, tests/data/stat_golden.json.
#pragma once

#include <cmath>
#include <fstream>

namespace umb {

inline std::ifstream golden_data() {
  return std::ifstream(UMOUNTBENCH_SOURCE_DIR "/tests/data/stat_golden.json");
}

/// To 9 digits, which is more than any figure is shown with.
inline bool close_to(double got, double wanted) {
  return std::fabs(got - wanted) <= 1e-9 * std::fabs(wanted);
}

}  // namespace umb
