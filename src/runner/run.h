// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "model/plan.h"
#include "model/record.h"
#include "runner/preflight.h"
#include "runner/run_listener.h"
#include "sys/stop_flag.h"

#include <string>
#include <vector>

namespace umb {

class CauseObserver;

struct RunOptions {
  bool unprivileged = false;
  bool redact = false;                ///< leave host name and command line out of the environment
  std::string journal_path;           ///< told to the ledger, so that a killed run's journal is found
  std::string state_folder;           ///< empty: the usual one
  CauseObserver* observer = nullptr;  ///< looks at a few more samples of each case afterwards; null: no second pass
};

/// The plan's cases that can run here, and for the others why not; the same order.
struct Runnable {
  std::vector<size_t> cases;         ///< indices into the plan
  std::vector<std::string> reasons;  ///< per case of the plan; "" when it can run
};
[[nodiscard]] Runnable find_runnable(const Plan& plan, Preflight& preflight, bool unprivileged);

/// Measures a plan on this machine. `record` comes with tool and run.id filled in and is filled step by step, so that
/// what was measured is in it also when an error ends the run. Undoes everything before it returns. A stop by `stop` is
/// no error: the record is marked interrupted.
[[nodiscard]] Result<void> run_plan(const Plan& plan, const Runnable& runnable, const RunOptions& options,
                                    const StopFlag& stop, RunListener& listener, RunRecord& record);

}  // namespace umb
