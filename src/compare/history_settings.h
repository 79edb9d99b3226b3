// SPDX-License-Identifier: Apache-2.0
// What was tried on each build of a history, told from what names the build. Inside compare/ only.
#pragma once

#include "model/digest.h"

#include <string>
#include <vector>

namespace umb {

/// What else is under test, with a boot's value: RCU parameters, and words of the command line by the name before "=".
struct BootWord {
  std::string name;
  std::vector<std::string> values;  ///< one a boot
};
[[nodiscard]] std::vector<BootWord> boot_words(const std::vector<BootDigest>& boots);

/// What of each boot's label names its build: nothing where labels are settings, tried on several kernels with several
/// of them on one; what a kernel's labels begin with in common where each stands for a setting, as `vm run` gives them
/// ("6.1-rt.as-booted", "6.1-rt.rcu_normal=1" name "6.1-rt"); else the whole of it.
[[nodiscard]] std::vector<std::string> build_labels(const std::vector<BootDigest>& boots);

/// Each boot's setting, "" for all where there is one only. A word belongs to it where a build was booted with several
/// values of it, and some value is not of one build alone; such as say no more than others before them are left out.
/// `build_of`: a number a boot.
[[nodiscard]] std::vector<std::string> settings_of(const std::vector<BootDigest>& boots,
                                                   const std::vector<size_t>& build_of);

}  // namespace umb
