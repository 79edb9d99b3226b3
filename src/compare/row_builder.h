// SPDX-License-Identifier: Apache-2.0
// One case's figures on both sides, before anything is judged. Inside compare/ only.
#pragma once

#include "compare/comparison.h"
#include "compare/units.h"

#include <string>
#include <vector>

namespace umb {

/// The ln quantiles of a case that both sides have, ready to be judged.
struct Values {
  std::vector<double> baseline, candidate;
};

/// Of the units that have one; paired: of the pairs in which both have.
[[nodiscard]] Values values_of(const CaseIndex::OfUnits& baseline, const CaseIndex::OfUnits& candidate,
                               const std::string& metric, double p, bool paired);

[[nodiscard]] SideFigures figures_of(const CaseIndex::OfUnits& cases, const std::string& metric);

/// The fewest values of the metric in any unit that has some; 0 where none has.
[[nodiscard]] size_t fewest_samples(const CaseIndex::OfUnits& cases, const std::string& metric);

/// Errnos and failed checks in sentences, first those that the candidate has and the baseline has not: for these,
/// `fails` is set.
[[nodiscard]] std::vector<std::string> count_notes(const Row& row, const std::string& baseline,
                                                   const std::string& candidate, bool& fails);

/// What in the samples' shape and between units asks for care: several modes, a trend, a unit that stands apart.
[[nodiscard]] std::vector<std::string> shape_notes(const std::string& side, const std::string& noun,
                                                   const std::vector<Unit>& units, const CaseIndex::OfUnits& cases,
                                                   const std::string& metric);

}  // namespace umb
