// SPDX-License-Identifier: Apache-2.0
// The only door to libkmod.
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
  ModuleReader();
  /// `bytes` is the module, not compressed; `path` is for the message. kUsage when it is none.
  [[nodiscard]] Result<ModuleInfo> read(std::string_view bytes, const std::string& path) const;

 private:
  struct Free {
    void operator()(kmod_ctx* context) const;
  };
  std::unique_ptr<kmod_ctx, Free> context_;
};

}  // namespace umb
