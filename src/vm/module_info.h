// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct kmod_ctx;

namespace umb {

/// What a kernel module says of itself; names as module_name() gives them.
struct ModuleInfo {
  std::vector<std::string> depends;
  std::vector<std::string> before;  ///< softdep "pre": to be loaded before it, where there are such modules
  std::vector<std::string> after;   ///< softdep "post"
  std::string vermagic;             ///< "6.1.0-50-rt-amd64 SMP preempt_rt mod_unload modversions "
};

/// The kernel takes '-' for '_' in the names of modules.
[[nodiscard]] std::string module_name(std::string_view name);

/// Reads modules by libkmod, without the host's own modules and configuration.
class ModuleReader {
 public:
  /// `bytes` is the module, not compressed; `path` is for the message. kUsage when it is none, kUnavailable without
  /// libkmod.
  [[nodiscard]] Result<ModuleInfo> read(std::string_view bytes, const std::string& path);

 private:
  std::shared_ptr<kmod_ctx> context_;  ///< made by the first module
};

}  // namespace umb
