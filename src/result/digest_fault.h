// SPDX-License-Identifier: Apache-2.0
// What no digest can mean, whatever file it stands in. Each gives a reason for people, "" where nothing is wrong.
#pragma once

#include "model/digest.h"

#include <string>
#include <vector>

namespace umb {

inline constexpr size_t kGridPoints = 101;

[[nodiscard]] std::string fault_of(const CaseDigest& one);
/// Places of quantiles: each between 0 and 1, ascending.
[[nodiscard]] std::string fault_of_places(const std::vector<double>& places);
/// Cases without an id, or two of one.
[[nodiscard]] std::string fault_of_ids(const UnitDigest& unit);

}  // namespace umb
