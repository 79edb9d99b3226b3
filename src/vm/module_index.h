// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/kernel_files.h"
#include "vm/module_info.h"
#include "vm/source_file.h"

#include <map>
#include <optional>
#include <string>

namespace umb {

/// What is known of a module's file without reading it.
struct IndexedModule {
  std::string digest;  ///< ContentHash of the file as it lies there
  ModuleInfo info;
};

/// Remembers, in the cache folder and per kernel, what the modules' files held, by their identity. A file that changed
/// has another identity and is read anew. All of it is help only: an index that can't be read or kept is an empty one.
class ModuleIndex {
 public:
  /// A file is remembered only when it was at rest for so long: until then a second change might not show in its times.
  static constexpr int64_t kRestNs = 2'000'000'000;

  explicit ModuleIndex(const KernelFiles& kernel);
  [[nodiscard]] std::optional<IndexedModule> find(const FileIdentity& identity) const;
  void add(const FileIdentity& identity, const IndexedModule& module);
  /// Puts it into the cache, if something was added.
  void save() const;

 private:
  std::string path_;
  std::map<FileIdentity, std::string> lines_;
  bool added_ = false;
};

}  // namespace umb
