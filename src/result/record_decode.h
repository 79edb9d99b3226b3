// SPDX-License-Identifier: Apache-2.0
// The tree of a result file as a run record. What is wrong goes to the state, with its place; the samples are not in
// the tree.
#pragma once

#include "model/record.h"
#include "result/object_reader.h"

#include <string>

namespace umb {

/// The whole text; its cases get no samples.
[[nodiscard]] RunRecord decode_record(const ResultNode& root, DecodeState& state);

[[nodiscard]] Round decode_round(const ResultNode& node, const std::string& pointer, DecodeState& state);
[[nodiscard]] CaseRecord decode_case(const ResultNode& node, const std::string& pointer, DecodeState& state);
[[nodiscard]] std::vector<Parameter> decode_parameters(const ResultNode& node, const std::string& pointer,
                                                       DecodeState& state);
/// The key is the metric's name.
[[nodiscard]] MetricInfo decode_metric(const ResultMember& member, const std::string& pointer, DecodeState& state);
[[nodiscard]] Warning decode_warning(const ResultNode& node, const std::string& pointer, DecodeState& state);

}  // namespace umb
