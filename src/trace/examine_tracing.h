// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runner/doctor.h"

namespace umb {

/// The doctor's topic "tracing": how much run --explain can tell here. Looks only.
[[nodiscard]] std::vector<Finding> examine_tracing(const HostRoot& root = {});

}  // namespace umb
