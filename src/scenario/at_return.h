// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/check_tally.h"
#include "model/sample.h"

#include <string>
#include <vector>

namespace umb {

/// The check "released_at_return" of a sample whose call worked and whose release was looked for: what nobody else held
/// is free when the call returns. Its times stay, as those of a deferred release: it is the case that fails. Not for a
/// mount that is held in any way, by a holder or by a request that nobody answers.
inline void note_at_return(std::vector<CheckTally>& checks, const Sample& sample,
                           const std::string& failure =
                               "the umount worked, and what the mount held was not free when "
                               "it returned") {
  note_check(checks, "released_at_return", sample.released_at_return == 1, failure);
}

}  // namespace umb
