// SPDX-License-Identifier: Apache-2.0
// What a folder holds of earlier runs: the newest result, and how a killed run's journal becomes one.
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

/// The file that changed last among "*.json" and "*.json.partial" in a folder; links and what isn't a plain file don't
/// count. kUsage when there is none.
[[nodiscard]] Result<std::string> find_newest_result(const std::string& folder);

/// Whether the run was killed while it made this journal, of which there is nothing or a part of the first line: the
/// kernel ends a write(2) of several pages in between when SIGKILL comes. No link, nothing that begins or
/// is called otherwise, and not while its run is alive.
[[nodiscard]] bool is_only_begun(const std::string& path);

/// Makes the result file that a killed run did not come to write out of its journal ("NAME.partial"), beside it, marked
/// interrupted and with what was lost among its warnings; then takes the journal away. All under the caller's identity.
/// Returns the result's path. An existing result is never overwritten: when it is the same run's (killed between
/// writing and clearing away) only the journal goes, otherwise kUsage, and both stay. kUnavailable while the run is
/// alive.
[[nodiscard]] Result<std::string> recover_journal(const std::string& path);

}  // namespace umb
