// SPDX-License-Identifier: Apache-2.0
// Inside compare/ only.
#pragma once

#include "compare/history.h"
#include "compare/history_traits.h"

namespace umb {

/// Looks for the changes of all series, as one family: in the logarithms of what there is (a build without the case is
/// passed over), where `linear` in the values themselves.
void find_changes(const HistoryOptions& options, const HistoryTraits& traits, History& made);

}  // namespace umb
