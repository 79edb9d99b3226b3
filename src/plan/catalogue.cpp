// SPDX-License-Identifier: Apache-2.0
#include "plan/catalogue.h"

#include "base/data_folder.h"
#include "base/text.h"
#include "plan/place.h"

#include <algorithm>
#include <filesystem>

namespace umb {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSuffix = ".json";
constexpr const char* kFolder = "configs";

std::vector<std::string> names_in(const DataFolder& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder.path, error), end; !error && entry != end; entry.increment(error)) {
    const fs::path& path = entry->path();
    if (path.extension() == kSuffix && has_trusted_file(folder, path.filename())) names.push_back(path.stem());
  }
  return names;
}

}  // namespace

std::vector<std::string> config_folders(const std::string& executable) {
  std::vector<std::string> paths;
  for (const DataFolder& folder : data_folders(executable, kFolder)) paths.push_back(folder.path);
  return paths;
}

Result<std::string> find_config(const std::optional<std::string>& asked, const std::string& executable) {
  const std::string name = asked.value_or("default");
  if (name.empty()) return fail_usage("--config", "an empty name", "give a path, or leave it out for 'default'");
  if (name.find('/') != std::string::npos || name.ends_with(kSuffix)) return name;

  std::vector<std::string> known;
  for (const DataFolder& folder : data_folders(executable, kFolder)) {
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
