// SPDX-License-Identifier: Apache-2.0
// How a set of runs becomes the sides of a comparison.
#pragma once

#include "base/result.h"
#include "compare/comparison.h"

#include <string>
#include <vector>

namespace umb {

struct Split {
  std::vector<Side> sides;                 ///< the first value met is the baseline
  std::vector<std::string> by_parameters;  ///< not empty: a case parameter splits them, and each run is on every side
};

/// By a parameter of the cases (rcu, fs, mode, …) or a fact of the run: kernel, cmdline, label,
/// rcu_normal_after_boot (as the kernel was booted, with the effective value beside it), or any other of the
/// environment. kUsage when no case or run knows it (with what is known), or when it gives one side only.
[[nodiscard]] Result<Split> split_by(const std::vector<BootDigest>& boots, const std::string& by);

/// Runs that are alike in what is under test (kernel, RCU parameters, command line, label) are one side; in the order
/// of their first ones. Sides are named after the label, or what tells them apart.
[[nodiscard]] std::vector<Side> group_alike(const std::vector<BootDigest>& boots);

/// A name for boots that were given as one side without one: their label or kernel where they have one in common.
[[nodiscard]] std::string name_of(const std::vector<BootDigest>& boots);

/// Makes names unique by " (2)", " (3)", …
void tell_apart(std::vector<Side>& sides);

/// Puts the side of that name first. kUsage when there is none.
[[nodiscard]] Result<void> choose_baseline(const std::string& name, std::vector<Side>& sides);

}  // namespace umb
