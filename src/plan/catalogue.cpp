// SPDX-License-Identifier: Apache-2.0
#include "plan/catalogue.h"

#include "base/text.h"
#include "plan/place.h"

#include <algorithm>
#include <filesystem>

#include <sys/stat.h>

namespace umb {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSuffix = ".json";

struct Folder {
  fs::path path;
  std::vector<uid_t> owners;  ///< who may own what is in it
};

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

/// The config folder below `top`, which is above the executable, if it can be trusted.
void add_folder(std::vector<Folder>& folders, const fs::path& top, const char* below, uid_t program_owner) {
  const auto status = status_of(top);
  if (!status) return;
  Folder folder{top / below, {0, program_owner, status->st_uid}};
  if (trusted(folder.path, S_IFDIR, folder.owners)) folders.push_back(std::move(folder));
}

std::vector<Folder> folders_of(const std::string& executable) {
  std::vector<Folder> folders;
  const auto program = status_of(executable);
  if (!program) return folders;
  const fs::path home = fs::path(executable).parent_path();
  add_folder(folders, home.parent_path(), "share/umountbench/configs", program->st_uid);
  for (fs::path above = home; above.has_relative_path(); above = above.parent_path()) {
    if (!status_of(above / "configs/default.json") || !status_of(above / "src/CMakeLists.txt")) continue;
    add_folder(folders, above, "configs", program->st_uid);
    break;
  }
  return folders;
}

std::vector<std::string> names_in(const Folder& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder.path, error), end; !error && entry != end; entry.increment(error)) {
    const fs::path& path = entry->path();
    if (path.extension() == kSuffix && trusted(path, S_IFREG, folder.owners)) names.push_back(path.stem());
  }
  return names;
}

}  // namespace

std::vector<std::string> config_folders(const std::string& executable) {
  std::vector<std::string> paths;
  for (const Folder& folder : folders_of(executable)) paths.push_back(folder.path);
  return paths;
}

Result<std::string> find_config(const std::optional<std::string>& asked, const std::string& executable) {
  const std::string name = asked.value_or("default");
  if (name.empty()) return fail_usage("--config", "an empty name", "give a path, or leave it out for 'default'");
  if (name.find('/') != std::string::npos || name.ends_with(kSuffix)) return name;

  std::vector<std::string> known;
  for (const Folder& folder : folders_of(executable)) {
    for (const std::string& found : names_in(folder)) {
      if (found == name) return folder.path / (name + kSuffix);
      known.push_back(found);
    }
  }
  const std::string path_hint = "a config of your own is given as a path: ./mine.json";
  if (known.empty()) {
    return fail_usage("no config " + shown(name),
                      "no folder of configs near the program that only its owner can write to", path_hint);
  }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  return fail_usage("no config " + shown(name), {}, suggestion(clipped(name, 100), known) + " (" + path_hint + ")");
}

}  // namespace umb
