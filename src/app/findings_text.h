// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"
#include "base/result.h"
#include "runner/doctor.h"

#include <vector>

namespace umb {

/// Writes what a doctor found, in the --format and to the --output of text_or_json_options().
[[nodiscard]] Result<void> write_findings(const Arguments& arguments, const std::vector<Finding>& findings);

}  // namespace umb
