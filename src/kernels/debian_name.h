// SPDX-License-Identifier: Apache-2.0
// "debian:6.1-rt" and what Debian calls such a kernel.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace umb {

struct DebianName {
  std::string version;  ///< "6.1"; empty: whatever the suite has
  std::string suite;    ///< "trixie-backports"; empty: any that has the version
  std::string flavour;  ///< "rt", "cloud", or empty for the plain one
};

/// "debian:VERSION[-FLAVOUR]" or "debian:SUITE[-FLAVOUR]"; kUsage for anything else, with a hint that lists the forms.
[[nodiscard]] Result<DebianName> parse_debian_name(const std::string& name);
[[nodiscard]] std::string debian_name_forms();

/// The suites in which to look, the likeliest first: which has which kernel moves, so the first is a guess only.
[[nodiscard]] std::vector<std::string> suites_to_try(const DebianName& name);

/// Debian's order of version numbers (deb-version(7), without epochs): negative when `one` is older, 0 when equal.
[[nodiscard]] int compare_debian_versions(std::string_view one, std::string_view other);

/// Of a suite's package names those of the kernels that `name` means, newest first: "linux-image-6.1.0-50-rt-amd64", no
/// unsigned ones, no debug symbols, none of the packages that only depend on the newest.
[[nodiscard]] std::vector<std::string> images_in(const std::vector<std::string>& packages, const DebianName& name);

/// What to fetch for a linux-image that depends on this ("a (= 1), b | c"): itself, or, since 7.x, the linux-binary and
/// linux-modules that it depends on.
[[nodiscard]] std::vector<std::string> packages_with_kernel(const std::string& image, std::string_view depends);

}  // namespace umb
