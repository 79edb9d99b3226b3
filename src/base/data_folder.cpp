// SPDX-License-Identifier: Apache-2.0
#include "base/data_folder.h"

#include <algorithm>
#include <optional>

#include <sys/stat.h>

namespace umb {

namespace {

namespace fs = std::filesystem;

std::optional<struct stat> status_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

bool trusted(const fs::path& path, mode_t type, const std::vector<uid_t>& owners) {
  const auto status = status_of(path);
  return status && (status->st_mode & S_IFMT) == type && (status->st_mode & S_IWOTH) == 0 &&
         std::find(owners.begin(), owners.end(), status->st_uid) != owners.end();
}

/// The folder below `top`, which is above the executable, if it can be trusted.
void add_folder(std::vector<DataFolder>& folders, const fs::path& top, const std::string& below, uid_t program_owner) {
  const auto status = status_of(top);
  if (!status) return;
  DataFolder folder{top / below, {0, program_owner, status->st_uid}};
  if (trusted(folder.path, S_IFDIR, folder.owners)) folders.push_back(std::move(folder));
}

}  // namespace

std::vector<DataFolder> data_folders(const std::string& executable, const std::string& name) {
  std::vector<DataFolder> folders;
  const auto program = status_of(executable);
  if (!program) return folders;
  const fs::path home = fs::path(executable).parent_path();
  add_folder(folders, home.parent_path(), "share/umountbench/" + name, program->st_uid);
  for (fs::path above = home; above.has_relative_path(); above = above.parent_path()) {
    if (!status_of(above / "configs/default.json") || !status_of(above / "src/CMakeLists.txt")) continue;
    add_folder(folders, above, name, program->st_uid);
    break;
  }
  return folders;
}

bool has_trusted_file(const DataFolder& folder, const std::string& name) {
  return trusted(folder.path / name, S_IFREG, folder.owners);
}

}  // namespace umb
