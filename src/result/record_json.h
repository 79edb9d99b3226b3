// SPDX-License-Identifier: Apache-2.0
// The parts of a run record as JSON: the one place that knows how each is written, in the contract's order of keys.
#pragma once

#include "model/record.h"
#include "result/json_stream.h"

namespace umb {

enum class WithSamples { kYes, kNo };

/// The whole record, an object.
void put_record(JsonStream& out, const RunRecord& record, WithSamples samples);
void put_round(JsonStream& out, const Round& round);
void put_case(JsonStream& out, const CaseRecord& record, WithSamples samples);
/// An object of texts.
void put_parameters(JsonStream& out, const std::vector<Parameter>& parameters);
/// The key "metrics" into the object that is open.
void put_metrics(JsonStream& out, const std::vector<MetricInfo>& metrics);
void put_warning(JsonStream& out, const Warning& warning);
/// The keys "samples" and "phases" with their columns, into the object that is open.
void put_series(JsonStream& out, const Series& series);

/// An error when a series or an attribution has columns of different lengths, which no reader would take.
[[nodiscard]] Result<void> check_series(const RunRecord& record);

}  // namespace umb
