// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "model/plan.h"
#include "runner/run.h"

namespace umb {

/// Prints what a run would do to stdout; the exit code of `run --dry-run`.
[[nodiscard]] Result<int> write_dry_run(const Plan& plan, const Runnable& runnable, bool explained = false);

}  // namespace umb
