// SPDX-License-Identifier: Apache-2.0
// The package files in the cache, and which of them a name stood for when it was last asked for.
#pragma once

#include "base/result.h"
#include "kernels/apt_state.h"

#include <string>
#include <vector>

namespace umb {

/// The cache folder "packages".
class PackageFiles {
 public:
  [[nodiscard]] static Result<PackageFiles> open();

  [[nodiscard]] std::string path_of(const ArchiveFile& file) const { return folder_ + "/" + file.name; }
  /// It is there with its size and, where known, its checksum (read by sha256sum).
  [[nodiscard]] bool has(const ArchiveFile& file) const;
  /// Takes a whole file out of another folder of the cache, in the place of what has its name here.
  [[nodiscard]] Result<void> take(const ArchiveFile& file, const std::string& from) const;

  /// The paths behind a name ("6.1-rt"), when that was recorded within a day (or at any time) and all are still there
  /// with their sizes; else empty.
  [[nodiscard]] std::vector<std::string> recorded(const std::string& name, bool at_any_time) const;
  [[nodiscard]] Result<void> record(const std::string& name, const std::vector<ArchiveFile>& files) const;

 private:
  PackageFiles() = default;
  std::string folder_, names_;
};

}  // namespace umb
