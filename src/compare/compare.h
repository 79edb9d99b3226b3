// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "compare/comparison.h"
#include "model/noise_profile.h"

#include <functional>
#include <string>
#include <vector>

namespace umb {

struct CompareOptions {
  std::string metric = "return_ns";
  double threshold = 0.05;  ///< the smallest effect, as a share
  double alpha = 0.05;
  std::string by;                          ///< the parameter or fact that splits the sides; "": they were given
  std::vector<std::string> by_parameters;  ///< case parameters that the sides differ in: not part of what a case is
  bool ignore_fingerprint = false;
  bool same_session = false;
  std::function<bool(const std::string&)> gated;  ///< whether a case id is of the gate family; empty: all are
  std::vector<double> gate_quantiles{0.5};
  std::function<bool(const std::string&)> shown;  ///< --filter; empty: all. The family stays whole.
  const NoiseProfile* noise = nullptr;
};

/// The sides judged, the first one being the baseline; names and boots (at least one each) are all that is taken of
/// them. kUnavailable where there is no common case, with both sides' cases.
[[nodiscard]] Result<Comparison> compare(std::vector<Side> sides, const CompareOptions& options);

/// Boots of the cases in which these parameters have these values; without boots that have none.
[[nodiscard]] std::vector<BootDigest> with_parameters(const std::vector<BootDigest>& boots,
                                                      const std::vector<Parameter>& fixed);

/// How many gated tests the exact rank-sum test carries at alpha with these many boots a side: 1, 6, 23, 85 at 4 to 7
/// for 5%; below 4 boots 0.
[[nodiscard]] size_t family_carried(size_t units_a_side, double alpha);

}  // namespace umb
