// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

struct DeviceOpener {
  int64_t pid = 0;   ///< as `processes` shows it
  std::string name;  ///< as in its comm, not made printable
};

struct DeviceOpeners {
  std::vector<DeviceOpener> open;  ///< the processes that have the device open, but for the caller
  bool udev_runs = false;          ///< it looks into every new device
};

/// Who has the device's node open ("/dev/loop3"), by the names that the descriptors have. `processes` is the folder of
/// a procfs; processes that it doesn't show, and the kernel's own users of the device, are not found. Never waits for
/// what a descriptor leads to. Needs root to see all; looks at a bounded number of processes and descriptors.
[[nodiscard]] DeviceOpeners find_openers(const std::string& processes, const std::string& device);

}  // namespace umb
