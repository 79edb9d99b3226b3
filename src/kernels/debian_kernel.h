// SPDX-License-Identifier: Apache-2.0
// Kernels by the names that Debian's archive knows them by, as package files on this machine.
#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <vector>

namespace umb {

struct FetchOptions {
  bool offline = false;  ///< take what is in the cache, however old; kUnavailable when that is not enough
  bool refresh = false;  ///< ask the mirror even when the name was resolved within the last day
  /// Told before something that takes a while, one line; may be empty.
  std::function<void(const std::string& line)> tell;
};

/// Gets the newest kernel of that name into the cache, and gives the paths of its package files: one linux-image, or
/// since 7.x linux-binary and linux-modules. `name` is "debian:6.1", "debian:6.1-rt", "debian:6.1-cloud", or with a
/// suite in the place of the version ("debian:trixie-backports-rt"). By an apt state of our own in the cache: nothing
/// of the host's changes, no root is needed, signatures are checked by the Debian archive's keyring. Within a day of
/// the last time, and with the files still whole, the network isn't touched. kUsage for a name that is none, or that no
/// suite has; kUnavailable without apt-get, keyring, mirror or network.
[[nodiscard]] Result<std::vector<std::string>> fetch_kernel(const std::string& name, const FetchOptions& options);

}  // namespace umb
