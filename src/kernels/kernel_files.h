// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umb {

/// A kernel that can be booted, as files on this machine.
struct KernelFiles {
  std::string image;    ///< what QEMU loads: a bzImage (vmlinuz)
  std::string modules;  ///< the folder that holds "kernel/", i.e. lib/modules/RELEASE; empty: no modules
  std::string release;  ///< "6.1.0-50-rt-amd64", from the image's own header
  std::string config;   ///< how it was built (CONFIG_HZ=250, ...); empty: not known
};

}  // namespace umb
