// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixture/sandbox.h"
#include "runner/scheduler.h"

#include <cstdint>
#include <string>

namespace umb {

/// Runs blocks in the sandbox's worker.
class WorkerExecutor final : public BlockExecutor {
 public:
  /// `sandbox` must live longer.
  WorkerExecutor(Sandbox& sandbox, int64_t release_limit_ns) : sandbox_(sandbox), release_limit_ns_(release_limit_ns) {}

  /// A fresh worker with its own seed. What the kernel refused of pinning and priorities, a line each.
  [[nodiscard]] Result<std::string> start(uint64_t seed);
  [[nodiscard]] Result<void> end();
  [[nodiscard]] int64_t pid() const { return pid_; }

  Result<BlockResult> run_block(const BlockRequest& request) override;
  Result<void> restart() override;
  [[nodiscard]] Result<RcuProbe> probe();

 private:
  Sandbox& sandbox_;
  int64_t release_limit_ns_;
  uint64_t seed_ = 0;
  int64_t pid_ = 0;
};

}  // namespace umb
