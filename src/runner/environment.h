// SPDX-License-Identifier: Apache-2.0
// The machine as a run found it and left it: docs/environment.md has every key.
#pragma once

#include "model/facts.h"
#include "sys/host_file.h"

#include <string>
#include <vector>

namespace umb {

/// All facts, in their fixed order, each key once and always present; what can't be read is monostate. Works without
/// privilege, with fewer facts known. Reads the mount table and runs programs for their versions (some 30 ms), so never
/// while anything is measured. On a made-up host, versions are unknown.
[[nodiscard]] Facts read_environment(const HostRoot& root);

/// Keys whose values differ or that only one side has, in `before`'s order; those that always differ (load_1min,
/// uptime_s) are left out.
[[nodiscard]] std::vector<std::string> changed_facts(const Facts& before, const Facts& after);

/// Without what --redact leaves out: host_name and command_line.
[[nodiscard]] Facts redacted(Facts facts);

}  // namespace umb
