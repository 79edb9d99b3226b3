// SPDX-License-Identifier: Apache-2.0
// Result files and journals back as run records: any file, however broken or hostile, gives a record or one clear
// error.
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"
#include "model/record.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

struct LoadOptions {
  /// Names of the columns to keep beside round, warmup and errno; empty: all. The others are checked as well, but take
  /// no memory: in the record they are empty or not there.
  std::vector<std::string> columns;
  uint64_t max_samples = 10'000'000;               ///< of a case
  uint64_t max_bytes = uint64_t{2} << 30U;         ///< of the text, unpacked
  uint64_t max_memory_bytes = uint64_t{1} << 30U;  ///< of what is kept of it, by and large
};

struct Loaded {
  RunRecord record;
  std::vector<Warning> warnings;  ///< about the file ("unknown_key", "journal_cut"); those of the run are in the record
  bool from_journal = false;      ///< the run had not come to its end: record.run.interrupted is true
};

/// Reads a result file or a journal; which of them it is, is told by its first byte. ".gz" and ".zst" are unpacked. All
/// schemas up to kSchemaVersion are taken, unknown keys with a warning. A journal's incomplete or damaged end is left
/// out with a warning. Names are kept as they are: who prints them escapes them. Errors are kUsage and name the file
/// and the place in it (line and byte, or a JSON pointer).
[[nodiscard]] Result<Loaded> load_result(const std::string& path, const LoadOptions& options = {});

/// The same for a regular file that is open already.
[[nodiscard]] Result<Loaded> load_open_result(UniqueFd fd, const std::string& path, const LoadOptions& options = {});

/// The same for bytes in memory (never packed); `name` stands for the path in messages.
[[nodiscard]] Result<Loaded> parse_result(std::string_view bytes, const std::string& name,
                                          const LoadOptions& options = {});

}  // namespace umb
