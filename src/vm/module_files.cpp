// SPDX-License-Identifier: Apache-2.0
#include "vm/module_files.h"

#include "base/file.h"
#include "base/text.h"
#include "vm/module_info.h"

#include <filesystem>
#include <string_view>

namespace umb {

namespace {

namespace fs = std::filesystem;

/// "loop" of "loop.ko.xz"; "" for a file that is no module.
std::string_view stem_of_module(std::string_view file) {
  for (const std::string_view ending : {".ko", ".ko.xz", ".ko.zst", ".ko.gz"}) {
    if (file.ends_with(ending)) return file.substr(0, file.size() - ending.size());
  }
  return {};
}

/// As depmod has it: what an administrator put into updates/ stands before what came with the kernel.
bool comes_first(const std::string& path, const std::string& other, const std::string& updates) {
  const bool is_update = path.starts_with(updates);
  return is_update != other.starts_with(updates) ? is_update : path < other;
}

}  // namespace

Result<void> list_modules(const std::string& folder, ModuleFiles& files) {
  const AsCaller caller;
  std::error_code trouble;
  const auto unreadable = [&] {
    return fail_usage("cannot read the modules' folder " + umb::quoted(folder), trouble.message(),
                      "name the folder that holds the kernel's modules");
  };
  const std::string updates = (fs::path(folder) / "updates/").string();
  fs::recursive_directory_iterator entries(folder, fs::directory_options::none, trouble);
  if (trouble) return unreadable();
  entries = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, trouble);
  for (; !trouble && entries != fs::recursive_directory_iterator(); entries.increment(trouble)) {
    // What the folder's list tells of each, without asking for its facts: there are thousands.
    const std::string& path = entries->path().native();
    const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
    std::error_code gone;
    if (name == ".git" && entries->is_directory(gone)) entries.disable_recursion_pending();
    const std::string_view stem = stem_of_module(name);
    if (stem.empty() || entries->is_symlink(gone) || !entries->is_regular_file(gone)) continue;
    const auto [known, is_new] = files.try_emplace(module_name(stem), path);
    if (!is_new && comes_first(path, known->second, updates)) known->second = path;
  }
  return trouble ? Result<void>(unreadable()) : Result<void>();
}

}  // namespace umb
