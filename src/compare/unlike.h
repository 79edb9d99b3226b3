// SPDX-License-Identifier: Apache-2.0
// Inside compare/ only.
#pragma once

#include "compare/units.h"
#include "model/digest.h"

#include <string>
#include <vector>

namespace umb {

/// What one side has of a case.
struct SideOfCase {
  std::string name;
  const std::vector<BootDigest>& boots;
  const CaseIndex::OfUnits& units;
};

/// Why the figures of a case that is called the same are not of one thing, in a sentence, or "": another program
/// measured one side, which times whole programs, and the case is of something else; or a parameter that does not stand
/// in an id (the programs of a command) has several values; or containers started by unlike paths. `by_parameters` are
/// those that the sides shall differ in.
[[nodiscard]] std::string unlike(const SideOfCase& baseline, const SideOfCase& candidate,
                                 const std::vector<std::string>& by_parameters);

}  // namespace umb
