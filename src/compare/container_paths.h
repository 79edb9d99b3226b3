// SPDX-License-Identifier: Apache-2.0
// What makes a single case incomparable though the sides are alike. Inside compare/ only.
#pragma once

#include "compare/units.h"

#include <string>

namespace umb {

/// A container runtime chooses how it gives its container a root, and that changes what is timed. "its containers
/// started by unlike paths: pivot with A, open_tree_namespace with B" where the sides' units differ in the fact
/// "container_path", though the cases don't ask for different ones; or "".
[[nodiscard]] std::string unlike_paths(const CaseIndex::OfUnits& baseline, const std::string& baseline_name,
                                       const CaseIndex::OfUnits& candidate, const std::string& candidate_name);

/// "with A it is not known by which path its containers started" for a side that doesn't tell while the other does; or
/// "".
[[nodiscard]] std::string unknown_path(const CaseIndex::OfUnits& baseline, const std::string& baseline_name,
                                       const CaseIndex::OfUnits& candidate, const std::string& candidate_name);

}  // namespace umb
