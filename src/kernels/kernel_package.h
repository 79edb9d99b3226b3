// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "kernels/kernel_files.h"

#include <string>
#include <vector>

namespace umb {

/// The kernel in package files (.deb or .rpm; one, or several that belong together, in any order), unpacked into the
/// cache: its image, and of its modules those that a guest without hardware can need, packed as they are
/// (package_contents.h). Each package is read once; a set whose contents were unpacked before is not unpacked again.
/// Nothing is installed, nothing in a package is run. All under the caller's identity.
///
/// kUsage when a package can't be read, when there is no kernel in the set or more than one, or when the modules are
/// for another release than the image's own header tells.
[[nodiscard]] Result<KernelFiles> kernel_from_packages(const std::vector<std::string>& paths);

}  // namespace umb
