// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "kernels/kernel_files.h"

#include <string>
#include <vector>

namespace umb {

struct KernelModule {
  std::string name;    ///< with '_' where the file has '-'
  std::string path;    ///< of the file on this machine
  std::string digest;  ///< ContentHash of that file, as it lies there
  std::string bytes;   ///< unpacked; empty when it was known without reading it: module_bytes() gives them
};

struct ModuleSet {
  std::vector<KernelModule> modules;  ///< in the order of loading: each after those that it depends on
  std::vector<std::string> missing;   ///< no file of this name: built into the kernel, or not there; the guest can tell
};

/// The modules `wanted` (in any spelling of '-' and '_'), and all that they depend on; soft dependencies too where
/// there are such files. Looks through all of `kernel.modules`, which may be a package's lib/modules/RELEASE or a build
/// tree (no modules.dep is needed), for *.ko, *.ko.xz, *.ko.zst and *.ko.gz; of two with one name the one in updates/
/// counts, then the first by path. Follows no symbolic links. kUsage when a module is damaged, longer than 64 MB, or
/// made for another kernel than `kernel.release`.
[[nodiscard]] Result<ModuleSet> find_modules(const KernelFiles& kernel, const std::vector<std::string>& wanted);

/// The unpacked bytes; kFailed when the file is no more what it was when it was found.
[[nodiscard]] Result<std::string> module_bytes(const KernelModule& module);

}  // namespace umb
