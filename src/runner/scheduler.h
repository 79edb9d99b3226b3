// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "model/plan.h"
#include "model/record.h"
#include "runner/case_checks.h"
#include "runner/messages.h"
#include "runner/run_listener.h"
#include "sys/stop_flag.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// Where blocks are run: a worker process, or a fake.
class BlockExecutor {
 public:
  virtual ~BlockExecutor() = default;
  /// The error's errno_value ECHILD: the worker died, and restart() gives a fresh one. Any other ends the run.
  [[nodiscard]] virtual Result<BlockResult> run_block(const BlockRequest& request) = 0;
  [[nodiscard]] virtual Result<void> restart() = 0;
};

/// Where the RCU mode is set: the machine's knobs, or a fake.
class RcuSwitch {
 public:
  virtual ~RcuSwitch() = default;
  [[nodiscard]] virtual Result<void> set(const std::string& mode) = 0;
};

struct Scheduling {
  const Plan& plan;
  BlockExecutor& executor;
  RcuSwitch& rcu;
  RunListener& listener;
  const StopFlag& stop;
  std::vector<CaseTally>& tallies;  ///< per case of the plan, added to
};

/// Measures the cases `runnable` (indices into the plan and the record) once around: pass after pass over those that
/// are not done yet, a block each, in an order drawn anew for every pass. A block lasts some 100 ms. A case first warms
/// up (at least 50 executions and 200 ms, at most a quarter of its time limit) and is done when the interval of its
/// median is narrow enough (not before half of its time limit: a calm start must not end it), or at its sample or time
/// limit. `round` is the index of the record's last round, which gets its `order`. Errors: the listener's, and what the
/// executor can't go on from.
[[nodiscard]] Result<void> run_round(const Scheduling& scheduling, const std::vector<size_t>& runnable, uint32_t round,
                                     Random& random, RunRecord& record);

}  // namespace umb
