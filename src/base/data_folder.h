// SPDX-License-Identifier: Apache-2.0
// Where files that belong to the program lie: "configs", "plots".
//
// Looked into are, in this order: "../share/umountbench/NAME" beside the folder of the executable (an installed
// program), and the folder NAME of the source tree that the executable was built in (the nearest folder above it that
// has both configs/default.json and src/CMakeLists.txt). The current folder never counts: this program runs as root,
// and what lies in the folder where somebody happens to stand must not decide what it does. For the same reason a
// folder or file counts only if others can't write to it and it belongs to root, to the owner of the executable, or to
// the owner of the installed prefix or source tree above both, who could as well put another program in the
// executable's place.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace umb {

struct DataFolder {
  std::filesystem::path path;
  std::vector<uid_t> owners;  ///< who may own what is in it
};

/// Nearest first; only those that are there and can be trusted. `executable` is the resolved path of the running
/// program (/proc/self/exe).
[[nodiscard]] std::vector<DataFolder> data_folders(const std::string& executable, const std::string& name);

/// Whether there is a regular file of that name in the folder that can be trusted.
[[nodiscard]] bool has_trusted_file(const DataFolder& folder, const std::string& name);

/// The text of such a file, at most 1 MB, for what is run rather than read: where this process is root, neither the
/// file nor the folder may be writable by a group either, but for the owner's own (of the same number). What is read is
/// the file that was checked. kUnavailable.
[[nodiscard]] Result<std::string> read_trusted_file(const DataFolder& folder, const std::string& name);

}  // namespace umb
