// SPDX-License-Identifier: Apache-2.0
// A boot of a baseline as JSON and back. Inside result/ only.
#pragma once

#include "model/digest.h"
#include "result/json_stream.h"
#include "result/load_budget.h"
#include "result/object_reader.h"

#include <string>

namespace umb {

/// An error for a digest that the format can't hold.
[[nodiscard]] Result<void> check_boot(const BootDigest& boot);
void put_boot(JsonStream& out, const BootDigest& boot);
[[nodiscard]] BootDigest decode_boot(const ResultNode& node, const std::string& pointer, LoadBudget& budget,
                                     DecodeState& state);

}  // namespace umb
