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

/// Whether a label is tried on several kernels, and a kernel with several labels: then it is a setting like any other.
[[nodiscard]] bool label_is_setting(const std::vector<BootDigest>& boots);

/// Each boot's setting, "" for all where there is one only. A word belongs to it where a build was booted with several
/// values of it, and some value is not of one build alone; such as say no more than others before them are left out.
/// `build_of`: a number a boot.
[[nodiscard]] std::vector<std::string> settings_of(const std::vector<BootDigest>& boots,
                                                   const std::vector<size_t>& build_of);

}  // namespace umb
