// SPDX-License-Identifier: Apache-2.0
// What makes figures noisy here, and what is missing for them. Looks only; what to do is the user's to run.
#pragma once

#include "runner/preflight.h"
#include "sys/host_file.h"

#include <string>
#include <vector>

namespace umb {

struct Finding {
  std::string level;    ///< "ok", "note" (good to know), "noisy" (figures suffer), "missing" (cases are skipped)
  std::string topic;    ///< short and stable: "clock source"
  std::string message;  ///< one line; names from the system are made printable
  std::string command;  ///< what to run about it, for root's shell; may be empty
  bool operator==(const Finding&) const = default;
};

/// Every topic in a fixed order, each with at least one finding, then `extra` (tracing, what a killed run left). Works
/// without privilege, with less to be seen. Takes well under a second; reads the mount table and other processes'
/// /proc/PID/fd.
[[nodiscard]] std::vector<Finding> examine(const HostRoot& root, const std::vector<Finding>& extra = {},
                                           const ProgramFinder& find = find_program);

}  // namespace umb
