// SPDX-License-Identifier: Apache-2.0
// The journal of a run: what has been measured so far, on disk while the run goes on, so that a kill loses little.
//
// It lies beside the result ("NAME.json.partial") and only ever grows, a line at a time: LENGTH CRC32 JSON\n, the
// length of the JSON in decimal, zlib's crc32 of it as eight hexadecimal digits. The first line is the record without
// samples, each further one an object with one key: "round", "block", "case" or "warning". A line is written by one
// write(2), so a kill leaves at most the last one incomplete.
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"
#include "model/block.h"
#include "model/record.h"
#include "result/json_stream.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// "a.json.partial" for "a.json".
[[nodiscard]] std::string journal_path(const std::string& result_path);

/// Dropped without remove() it stays, which is what it is for. None of the calls belongs between two samples of a
/// block. After an error (disk full) what was written before stays readable, and a later call may succeed again.
class Journal {
 public:
  /// Makes the journal beside `result_path`, under the caller's identity, with the record's first line (its samples are
  /// left out), and locks it (flock) for as long as a descriptor of it is open in this process or one forked from it.
  /// kUsage when there is one already: the only copy of what a killed run has measured.
  [[nodiscard]] static Result<Journal> create(const std::string& result_path, const RunRecord& record);

  /// A round that begins, or the one of the same index again, as it is known by now.
  [[nodiscard]] Result<void> append_round(const Round& round);
  /// Samples of a case of the record, in a round that has been appended. `phase_names` as in append_block_to() (model).
  [[nodiscard]] Result<void> append_block(const Block& block, const std::vector<std::string>& phase_names);
  /// All that is known of a case by now but its samples; told by its id.
  [[nodiscard]] Result<void> append_case(const CaseRecord& record);
  [[nodiscard]] Result<void> append_warning(const Warning& warning);

  /// To the disk now. Without it that happens after a line, when the last time is a second ago.
  [[nodiscard]] Result<void> sync();
  /// The result is complete: takes the journal away, under the caller's identity.
  [[nodiscard]] Result<void> remove();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  Journal(std::string path, UniqueFd fd) : path_(std::move(path)), fd_(std::move(fd)) {}
  template <typename PutValue>
  [[nodiscard]] Result<void> append(const char* key, const PutValue& put_value);
  [[nodiscard]] Result<void> append_line(const std::string& json);

  std::string path_;
  UniqueFd fd_;
  int64_t size_bytes_ = 0;  ///< of the complete lines
  int64_t synced_at_ns_ = 0;
  size_t case_count_ = 0;
  std::vector<uint32_t> rounds_;  ///< indices of those appended
};

}  // namespace umb
