// SPDX-License-Identifier: Apache-2.0
// A folder that collects the boots of one side: run --into.
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

/// How many boots a side a comparison wants.
inline constexpr int kBootsWanted = 7;

/// `text` with whatever does not belong into a file name replaced.
[[nodiscard]] std::string file_name_part(const std::string& text);
[[nodiscard]] std::string absolute_path(const std::string& path);

/// The file for this boot in `folder`, which is made if it is missing (its parent must be there): KERNEL-BOOTID.json. A
/// second of the same boot is refused unless `again` (then KERNEL-BOOTID-2.json and so on). kUsage.
[[nodiscard]] Result<std::string> boot_file(const std::string& folder, bool again);

/// "boot 3 of 7 of kernel 6.12.1: reboot and run the same command again".
[[nodiscard]] std::string boots_so_far(const std::string& folder, const std::string& newest_file);

}  // namespace umb
