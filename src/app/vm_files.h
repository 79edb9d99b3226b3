// SPDX-License-Identifier: Apache-2.0
// The files of one cell in the folder of a matrix.
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"
#include "model/record.h"
#include "vm/boot_matrix.h"
#include "vm/job.h"

#include <string>

namespace umb {

/// "DIR/ID.json", "DIR/ID.console.log".
[[nodiscard]] std::string result_path(const std::string& folder, const BootCell& cell);
[[nodiscard]] std::string console_path(const std::string& folder, const BootCell& cell);

/// Whether a cell has its result.
[[nodiscard]] bool has_result(const std::string& folder, const BootCell& cell);

/// Puts out of the way, under names with "tryN", what an earlier boot of this cell left without a result, and makes the
/// empty console file that QEMU adds to.
[[nodiscard]] Result<void> begin_cell(const std::string& folder, const BootCell& cell);

/// Keeps the journal of a run in a guest as it grows, under the caller's identity: the only copy if the guest dies.
class GrowingJournal {
 public:
  explicit GrowingJournal(std::string path) : path_(std::move(path)) {}
  /// Only what continues what is there already.
  [[nodiscard]] Result<void> append(const Growth& growth);
  /// The result is there.
  [[nodiscard]] Result<void> remove();

 private:
  std::string path_;
  UniqueFd fd_;
  uint64_t size_ = 0;
};

/// The record, to the place of the cell's result.
[[nodiscard]] Result<void> write_cell_result(const std::string& folder, const BootCell& cell, const RunRecord& record);

}  // namespace umb
