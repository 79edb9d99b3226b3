// SPDX-License-Identifier: Apache-2.0
// The files of one cell in the folder of a matrix, all made under the caller's identity.
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"
#include "model/record.h"
#include "vm/boot_matrix.h"
#include "vm/job.h"

#include <cstdint>
#include <string>

namespace umb {

/// Where a boot of a cell puts what comes of it. Only `result` has a name that comparing takes for a boot's. A boot
/// that is made again for a calmer host has places of its own for all but that.
struct CellPlaces {
  std::string result;   ///< DIR/ID.json
  std::string journal;  ///< DIR/ID.partial, while the guest runs, and when it broke off
  std::string console;  ///< DIR/ID.console.log
};
[[nodiscard]] CellPlaces cell_places(const std::string& folder, const BootCell& cell, bool again = false);

/// Whether a cell has its result.
[[nodiscard]] bool has_result(const std::string& folder, const BootCell& cell);

/// The new console file of a boot, open twice: QEMU takes a descriptor only if it is for writing alone.
struct ConsoleFile {
  UniqueFd reading, writing;
};

/// Puts out of the way, under names with "tryN", what an earlier boot has left at these places (but a result), and
/// makes the console's file.
[[nodiscard]] Result<ConsoleFile> begin_cell(const CellPlaces& places);

/// The second boot of a cell was taken: its console becomes the cell's.
[[nodiscard]] Result<void> take_console(const CellPlaces& again, const CellPlaces& cell);

/// Keeps the journal of a run in a guest as it grows: the only copy if the guest dies.
class GrowingJournal {
 public:
  explicit GrowingJournal(std::string path) : path_(std::move(path)) {}
  /// Only what continues what is there already, and no more than 512 MiB.
  [[nodiscard]] Result<void> append(const Growth& growth);
  /// The result is there.
  [[nodiscard]] Result<void> remove();

 private:
  std::string path_;
  UniqueFd fd_;
  uint64_t size_bytes_ = 0;
};

[[nodiscard]] Result<void> write_cell_result(const std::string& path, const RunRecord& record);

}  // namespace umb
