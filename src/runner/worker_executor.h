// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixture/sandbox.h"
#include "model/plan.h"
#include "runner/scheduler.h"

#include <cstdint>
#include <string>

namespace umb {

/// Runs blocks in the sandbox's worker.
class WorkerExecutor final : public BlockExecutor {
 public:
  /// Both must live longer; the plan tells how long a case may take.
  WorkerExecutor(Sandbox& sandbox, const Plan& plan) : sandbox_(sandbox), plan_(plan) {}

  /// A fresh worker with its own seed. What the kernel refused of pinning and priorities, a line each.
  [[nodiscard]] Result<std::string> start(uint64_t seed);
  [[nodiscard]] Result<void> end();
  [[nodiscard]] int64_t pid() const { return pid_; }

  Result<BlockResult> run_block(const BlockRequest& request) override;
  Result<void> restart() override;
  [[nodiscard]] Result<RcuProbe> probe();

 private:
  Sandbox& sandbox_;
  const Plan& plan_;
  uint64_t seed_ = 0;
  int64_t pid_ = 0;
};

/// How long a worker may take for such a block before it counts as stuck.
[[nodiscard]] int64_t answer_limit_ns(const Plan& plan, const BlockRequest& request);

}  // namespace umb
