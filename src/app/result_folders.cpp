// SPDX-License-Identifier: Apache-2.0
#include "app/result_folders.h"

#include "base/log.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>

namespace umb {

namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 4> kEndings{".json", ".json.gz", ".json.zst", ".json.partial"};

struct Contents {
  std::vector<std::string> results, folders;  ///< in the order of their names
};

Result<Contents> contents_of(const std::string& folder) {
  std::error_code trouble;
  Contents contents;
  for (fs::directory_iterator entry(folder, trouble), end; !trouble && entry != end; entry.increment(trouble)) {
    std::error_code gone;
    const std::string name = entry->path().filename();
    const bool result = std::ranges::any_of(kEndings, [&](const char* ending) { return name.ends_with(ending); });
    if (result && entry->is_regular_file(gone)) contents.results.push_back(entry->path());
    if (!entry->is_symlink(gone) && entry->is_directory(gone)) contents.folders.push_back(entry->path());
  }
  if (trouble) return fail_usage("cannot read the folder " + umb::quoted(folder), trouble.message());
  std::ranges::sort(contents.results);
  std::ranges::sort(contents.folders);
  return contents;
}

Failure no_results_in(const std::string& folder) {
  return fail_usage("there are no results in " + umb::quoted(folder), "", "they are called NAME.json");
}

}  // namespace

bool path_exists(const std::string& path) {
  std::error_code trouble;
  return fs::exists(path, trouble);
}

Result<std::vector<std::string>> result_files(const std::string& path) {
  std::error_code trouble;
  if (!fs::is_directory(path, trouble)) {
    if (!path_exists(path))
      return fail_usage("there is no " + umb::quoted(path), "", "name a result file, or a folder of them");
    return std::vector<std::string>{path};
  }
  UMB_ASSIGN(Contents contents, contents_of(path));
  if (contents.results.empty()) return no_results_in(path);
  return std::move(contents.results);
}

/// A folder below that can't be read is warned of.
Result<std::vector<std::string>> result_files_below(const std::string& folder) {
  UMB_ASSIGN(Contents contents, contents_of(folder));
  std::vector<std::string> files = std::move(contents.results);
  for (const std::string& one : contents.folders) {
    Result<Contents> below = contents_of(one);
    if (below.has_value()) {
      std::ranges::move(below->results, std::back_inserter(files));
    } else {
      log_warning("unreadable_folder", "left out: " + below.error().text());
    }
  }
  if (files.empty()) return no_results_in(folder);
  return files;
}

}  // namespace umb
