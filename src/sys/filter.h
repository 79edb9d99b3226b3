// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// Runs a program (by full path) with `input` on its stdin and gives what it wrote to stdout; nothing of either touches
/// a disk, and the program never outlives us. An error when it ends in any other way than with exit code 0, with the
/// last line that it wrote to stderr, or when it has not ended within `time_limit_ns`, or wrote more than the limit.
[[nodiscard]] Result<std::string> run_filter(const std::vector<std::string>& arguments, const std::string& input,
                                             int64_t time_limit_ns, size_t output_limit = 8U << 20U);

}  // namespace umb
