// SPDX-License-Identifier: Apache-2.0
// The builds of a history, in order. Inside compare/ only.
#pragma once

#include "base/result.h"
#include "compare/history.h"

#include <map>
#include <string>
#include <vector>

namespace umb {

struct BuildBoots {
  HistoryBuild told;
  std::map<std::string, Side> by_setting;  ///< by settings_of()
};

struct Builds {
  std::vector<BuildBoots> all;        ///< the oldest first
  std::vector<std::string> settings;  ///< ascending; one "" where there is nothing to tell apart
  std::vector<std::string> cautions;
};

/// By commits where the options have some; then by the time of the first boot, the kernel's release, the boot's id: the
/// order of `boots` says nothing. kUsage when none is left.
[[nodiscard]] Result<Builds> builds_in_order(const std::vector<BootDigest>& boots, const HistoryOptions& options);

}  // namespace umb
