// SPDX-License-Identifier: Apache-2.0
// A run record as a result file of schema kSchemaVersion (docs/result.schema.json).
#pragma once

#include "base/file.h"
#include "base/result.h"
#include "model/record.h"
#include "result/json_stream.h"

#include <string>

namespace umb {

/// Streams the record, column by column, in pieces of some 64 KiB: no second copy of the samples is ever made. A column
/// that never varies is a single value, kMissing is null, and so is a number that is not finite. A config that is no
/// JSON object is null. Fails with what the sink fails with, and, before anything is written, when the columns of a
/// case differ in length.
[[nodiscard]] Result<void> write_result(const RunRecord& record, const Sink& sink);

/// Into a file, which is left to the caller to commit.
[[nodiscard]] Result<void> write_result(const RunRecord& record, OutputFile& file);

/// To an open descriptor: stdout, say. `name` is for the message.
[[nodiscard]] Result<void> write_result(const RunRecord& record, int fd, const std::string& name);

}  // namespace umb
