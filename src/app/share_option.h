// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"
#include "base/result.h"

#include <string>

namespace umb {

/// A share as "5%" or "0.05", above 0 and below `below`; `otherwise` where the option is not given. kUsage, also for a
/// bare 5.
[[nodiscard]] Result<double> share_option(const Arguments& arguments, const std::string& name, double otherwise,
                                          double below);

}  // namespace umb
