// SPDX-License-Identifier: Apache-2.0
#include "app/own_inputs.h"

#include "app/side_files.h"
#include "base/text.h"

#include <filesystem>
#include <set>
#include <system_error>

namespace umb {

namespace {

/// "" where there is nothing.
std::string real_path(const std::string& path) {
  std::error_code trouble;
  const std::filesystem::path real = std::filesystem::canonical(path, trouble);
  return trouble ? std::string() : real.string();
}

}  // namespace

Result<void> keep_inputs(const Arguments& arguments, const std::vector<std::string>& places) {
  std::vector<std::string> files;
  for (const std::string& word : arguments.positional()) {
    UMB_ASSIGN(const SideWords side, parse_side(word));
    files.insert(files.end(), side.files.begin(), side.files.end());
  }
  for (const char* option : {"noise-profile", "commits", "config"}) {
    if (const auto file = arguments.value(option)) files.push_back(*file);
  }
  return keep_files(files, places);
}

Result<void> keep_files(const std::vector<std::string>& files, const std::vector<std::string>& places) {
  std::set<std::string> read;
  for (const std::string& file : files) read.insert(real_path(file));
  read.erase("");
  for (const std::string& place : places) {
    if (place == "-" || !read.contains(real_path(place))) continue;
    return fail_usage("cannot write " + umb::quoted(place), "this command reads it, and it would be lost",
                      "give the output a name of its own, outside of the folders that are read");
  }
  return {};
}

}  // namespace umb
