// SPDX-License-Identifier: Apache-2.0
// No command writes over what it reads: samples that were measured are not made again.
#pragma once

#include "app/command.h"
#include "base/result.h"

#include <string>
#include <vector>

namespace umb {

/// Whether no place ("-": stdout) is a file that the command's words name as (part of) a side, or that one of its
/// options reads. kUsage; also for a word that names nothing.
[[nodiscard]] Result<void> keep_inputs(const Arguments& arguments, const std::vector<std::string>& places);

/// The same for files that the command found for itself.
[[nodiscard]] Result<void> keep_files(const std::vector<std::string>& files, const std::vector<std::string>& places);

}  // namespace umb
