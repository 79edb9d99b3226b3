// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "kernels/kernel_files.h"
#include "kernels/kernel_spec.h"
#include "sys/host_file.h"

#include <functional>
#include <string>
#include <vector>

namespace umb {

/// Gets the packages behind an archive name ("debian:6.1-rt"): their paths.
using FetchPackages = std::function<Result<std::vector<std::string>>(const std::string& name)>;

/// The files of the kernel that a SPEC names; packages are unpacked into the cache (kernel_package.h), all else is used
/// where it lies. `fetch` is asked for archive names, and for nothing else. `host` is where the running kernel's files
/// are. kUsage when there is no such kernel, or when it can't be used.
///
/// The modules of a build tree are the tree itself: there they lie anywhere below it, not below "kernel/".
[[nodiscard]] Result<KernelFiles> find_kernel(const KernelSpec& spec, const FetchPackages& fetch = {},
                                              const HostRoot& host = {});

}  // namespace umb
