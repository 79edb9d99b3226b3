// SPDX-License-Identifier: Apache-2.0
// What run and ab have in common: from a plan to a record and its file, with signals listened to.
#pragma once

#include "app/command.h"
#include "base/result.h"
#include "model/plan.h"
#include "model/record.h"
#include "runner/run.h"

#include <string>

namespace umb {

/// kUnavailable without root, unless `unprivileged`. `command` is for the message.
[[nodiscard]] Result<void> check_privilege(const std::string& command, bool unprivileged);

/// The cases that can run here; kUnavailable when there are none.
[[nodiscard]] Result<Runnable> runnable_here(const Plan& plan, Preflight& preflight, bool unprivileged);

/// "umountbench-KERNEL-TIME.json"
[[nodiscard]] std::string default_result_name();

/// Undoes what killed runs left, and says so; then says how long the plan takes, if it is long.
[[nodiscard]] Result<void> before_measuring(const Plan& plan, const Runnable& runnable, const Arguments& arguments);

struct Measured {
  RunRecord record;
  int exit_code = 0;  ///< of the run by itself: 1 when a case or check failed, 128 and the signal's number
};

/// Measures the plan and writes the result file to `place` ("-": stdout). A signal is no error: what was measured is
/// kept.
[[nodiscard]] Result<Measured> measure(const Plan& plan, const Runnable& runnable, const std::string& place,
                                       const Arguments& arguments);

}  // namespace umb
