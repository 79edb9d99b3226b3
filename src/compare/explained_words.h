// SPDX-License-Identifier: Apache-2.0
// Where the time went, in sentences that are the same in every format. Names come as they stand in the record: the
// format makes them printable.
#pragma once

#include "compare/explained.h"

#include <string>
#include <vector>

namespace umb {

/// "waiting for grace periods"
[[nodiscard]] std::string cause_in_words(const std::string& cause);

/// "1 normal grace period, 99.3% of the call"; "" where there is an RCU share alone.
[[nodiscard]] std::string explained_verdict(const Explained& explained);

/// How it was found and what that means, how long the pass took beside the timed one, the RCU share, what was dropped,
/// and what is missing: a sentence or two each.
[[nodiscard]] std::vector<std::string> explained_notes(const Explained& explained);

/// "sample 17, 15.9 ms: waiting for grace periods 15.8 ms, the rest 0.1 ms"
[[nodiscard]] std::string slow_sample_in_words(const SlowSample& slow);

/// "waiting for grace periods 99.3%, writing data out 0.5%": those above 1%.
[[nodiscard]] std::string causes_in_words(const Explained& explained);

}  // namespace umb
