// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "fixture/state_folder.h"

#include <string>
#include <vector>

namespace umb {

/// What was done about killed runs, in words.
struct KilledRuns {
  std::vector<std::string> done;
  std::vector<std::string> not_undone;  ///< to be tried again
};

/// Undoes what killed runs left, and makes results, marked interrupted, of their journals. kUnavailable while another
/// run is going on.
[[nodiscard]] Result<KilledRuns> undo_killed_runs(const StateFolder& state);

}  // namespace umb
