// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umb {

/// What a file in a kernel's package is to us.
struct PackagePart {
  enum class Kind {
    kUnused,      ///< everything else
    kUnsafe,      ///< its name leads out of the package ("..")
    kImage,       ///< the kernel: boot/vmlinuz-RELEASE or lib/modules/RELEASE/vmlinuz
    kModule,      ///< a module that a guest without hardware can need, packed or not
    kModuleList,  ///< modules.order, modules.builtin*
    kConfig,      ///< how it was built: boot/config-RELEASE or lib/modules/RELEASE/config
  };
  Kind kind = Kind::kUnused;
  std::string release;  ///< of the image, or of the kernel that the modules are for; from the name, so not yet proven
  std::string below;    ///< modules and lists: the path below lib/modules/RELEASE, safe to make a file of
};

/// By its name alone. A leading "/", "./" or "usr/" makes no difference.
[[nodiscard]] PackagePart package_part(std::string_view name);

}  // namespace umb
