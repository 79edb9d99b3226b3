// SPDX-License-Identifier: Apache-2.0
// From events to causes.
#pragma once

#include "base/result.h"
#include "model/attribution.h"
#include "model/sample.h"
#include "trace/functions.h"
#include "trace/trace_text.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// From how long on a function has waited and not only been entered: three times what the empty calls in `log` took
/// (their median), at least 1 us. Fails where `log` has no entry with its return: then tracing doesn't work here.
[[nodiscard]] Result<int64_t> wait_floor_ns(const TraceLog& log, const ProbeSet& probes);

/// What the time of `samples` went to, as seen by `probes`. Within each sample the time of all causes adds up to its
/// wall time: at every moment it goes to the innermost open function of that task whose outermost one began last, and
/// to "rest" where none is open. A sample is dropped when its call failed, when events are missing within it, when a
/// function in it has an entry without its return or the other way round, or when no probed function ran in it (then
/// whoever called was not traced). Counts are empty where not every kernel's usual wait functions are probed. `log` has
/// the events of the calling process and its children only.
[[nodiscard]] Attribution account_for(const std::string& case_id, const TraceLog& log,
                                      const std::vector<Sample>& samples, const ProbeSet& probes, int64_t floor_ns);

}  // namespace umb
