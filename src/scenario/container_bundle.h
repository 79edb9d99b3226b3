// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

struct BundleOptions {
  std::string control_group;  ///< absolute within its hierarchy: "/umountbench-run-a1B2c3/1"
  bool new_net = false;
  int exit_code = 0;  ///< what the program ends with
};

/// The config.json of an OCI bundle whose container runs /noop and nothing else: what `crun spec` and `runc spec` ask
/// for, but without limits (process.rlimits, linux.resources), which not every machine lets its root set.
[[nodiscard]] std::string bundle_config(const BundleOptions& options);

}  // namespace umb
