// SPDX-License-Identifier: Apache-2.0
// What other programs measured, as a run record: the times and nothing that these programs do not tell.
#pragma once

#include "base/result.h"
#include "model/record.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// How much of a file is looked at, and kept.
inline constexpr size_t kMaxImportBytes = 16 * 1024 * 1024;
inline constexpr size_t kMaxImportedSeries = 1000;
inline constexpr int64_t kMaxImportedNs = 1'000'000 * INT64_C(1'000'000'000);

/// The runs of one program.
struct ImportedSeries {
  std::string command;               ///< as the file has it; "" where it does not tell
  std::vector<int64_t> times_ns;     ///< at least one; of each run, from its start to its end
  std::vector<int32_t> errno_value;  ///< as many; EIO: the program failed
  std::string caution;               ///< what the times leave in doubt, a sentence; may be empty
};

/// hyperfine's --export-json. Any text gives series or one kUsage error, which names the file and the place in it.
[[nodiscard]] Result<std::vector<ImportedSeries>> parse_hyperfine(std::string_view text, const std::string& name);

/// `perf stat -r N --table`, several in one file too, or lines of `perf stat -j -e duration_time`, one for each run.
/// The same.
[[nodiscard]] Result<std::vector<ImportedSeries>> parse_perf(std::string_view text, const std::string& name);

struct ImportOptions {
  std::string program;      ///< "hyperfine"
  std::vector<Case> cases;  ///< one for each series
  std::string label;
  std::string id;   ///< of the run; random
  std::string now;  ///< RFC 3339
};

/// A run of one round in which all that is not known is null, empty or 0; a warning of each case says what ran.
[[nodiscard]] RunRecord imported_record(std::vector<ImportedSeries> series, const ImportOptions& options);

}  // namespace umb
