// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/plan.h"
#include "model/record.h"
#include "runner/cause_observer.h"
#include "runner/run_listener.h"
#include "runner/scheduler.h"
#include "sys/stop_flag.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace umb {

/// The second pass: a few samples of each case under an observer.
struct ExplainPass {
  static constexpr uint32_t kWarmupSamples = 5;
  static constexpr uint32_t kSamples = 20;
  static constexpr int64_t kCaseLimitNs = 3'000'000'000;

  const Plan& plan;
  BlockExecutor& executor;
  RcuSwitch& rcu;
  CauseObserver& observer;
  RunListener& listener;
  const StopFlag& stop;
  std::function<int64_t()> worker_pid;  ///< changes when the executor has restarted
};

/// Opens the observer, adds an attribution to `record` for each of the cases `runnable` (indices into the plan and the
/// record) that was measured, and closes it. Trouble with one case is its attribution's reason and ends no other; an
/// observer that can't be opened is the reason of all. Errors: what the executor can't go on from, an RCU mode that
/// can't be set, and an observer that can't be closed (the ledger keeps what is left).
[[nodiscard]] Result<void> explain_cases(const ExplainPass& pass, const std::vector<size_t>& runnable, Ledger& ledger,
                                         RunRecord& record);

}  // namespace umb
