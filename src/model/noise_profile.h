// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/digest.h"

#include <cstddef>
#include <string>
#include <vector>

namespace umb {

/// How much a figure differs between boots of one and the same kernel.
struct NoiseEntry {
  std::string case_id;
  std::string metric;
  double p = 0.5;
  double sd = 0;  ///< of the boots' ln quantile
  size_t boots = 0;
};

/// What `noise` finds in at least kFewestNoiseBoots boots of one kernel, for provisional verdicts from one boot.
struct NoiseProfile {
  std::string source;  ///< the file it came from, or ""
  std::string tool_version;
  std::string made_at;  ///< RFC 3339, UTC
  BootDigest like;      ///< kernel, machine and plan of the boots it was made from: one of them, without its cases
  std::vector<NoiseEntry> entries;
};

inline constexpr size_t kFewestNoiseBoots = 10;

}  // namespace umb
