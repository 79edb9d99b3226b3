// SPDX-License-Identifier: Apache-2.0
// The part "attribution" of a result file: where the time of each case's calls went. Inside result/ only.
#pragma once

#include "model/record.h"
#include "result/json_stream.h"
#include "result/object_reader.h"

#include <vector>

namespace umb {

/// The key "attribution" into the object that is open; left out when there are none.
void put_attributions(JsonStream& out, const std::vector<Attribution>& attributions);

/// The same back, into a record that has its cases already. Causes that nobody knows are left out with a warning.
void decode_attributions(ObjectReader& root, RunRecord& record, DecodeState& state);

/// Whether all columns are as long as `wall_ns`; those of the traced pass alone may be empty.
[[nodiscard]] bool has_one_length(const Attribution& one);

}  // namespace umb
