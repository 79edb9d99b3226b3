// SPDX-License-Identifier: Apache-2.0
// The values behind the figures, for formats that hand them on to programs that work their own figures out.
#pragma once

#include "compare/comparison.h"
#include "render/run_view.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// Every counted sample of a case of a result, as taken; or of a side of a comparison, which has no samples, the p50 of
/// each of its units. None of a case that failed, or a check of which did, be it in one unit of the side.
struct SampleSet {
  std::string id;             ///< the case's; with "/metric=…" where that isn't return_ns
  size_t of = 0;              ///< index into the results, or into Comparison::sides
  std::string of_key = {};    ///< "side"; "result", where there are several; else ""
  std::string of_value = {};  ///< the side's letter, or the file
  std::string metric = "return_ns";
  std::string unit = "ns";
  std::string better = "lower";
  std::vector<double> values = {};   ///< never empty
  std::vector<int64_t> cpu_ns = {};  ///< of the calling thread, one a value; kMissing, or none at all, where not known
};

[[nodiscard]] std::vector<SampleSet> sample_sets(RunViews runs);
/// Side by side: all of A, then of B, …
[[nodiscard]] std::vector<SampleSet> sample_sets(const Comparison& comparison);
/// Without those that are no times, where a format has only these.
[[nodiscard]] std::vector<SampleSet> times_only(std::vector<SampleSet> sets);

/// The id, and whose it is as a last parameter: "…/side=B".
[[nodiscard]] std::string full_id(const SampleSet& set);

}  // namespace umb
