// SPDX-License-Identifier: Apache-2.0
// What a machine's own apt gets packages from: /etc/apt/sources.list and what lies in sources.list.d.
#pragma once

#include "base/result.h"
#include "sys/host_file.h"

#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// One place of packages. An entry with several URIs is one of these for each.
struct AptSource {
  std::string uri;  ///< without a slash at its end
  std::vector<std::string> suites;
  std::vector<std::string> components;
  std::string signed_by;  ///< the keyring's path or the key itself; empty: none named
  bool operator==(const AptSource&) const = default;
};

/// The "deb" lines of a *.list file. CDs and comments are left out, and so is what doesn't read like a line.
[[nodiscard]] std::vector<AptSource> one_line_sources(std::string_view text);
/// The stanzas of a *.sources file that are enabled and of type deb.
[[nodiscard]] std::vector<AptSource> deb822_sources(std::string_view text);

/// The URI of the most likely mirror of Debian's main archive among these, "" when none looks like one: of its name
/// and suites, and signed by the archive's own keyring; not the security archive.
[[nodiscard]] std::string debian_mirror_in(const std::vector<AptSource>& sources);
/// The same, of a machine. kUnavailable when there is none.
[[nodiscard]] Result<std::string> find_debian_mirror(const HostRoot& root);

}  // namespace umb
