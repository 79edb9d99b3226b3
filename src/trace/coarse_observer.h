// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runner/cause_observer.h"
#include "sys/host_file.h"
#include "trace/sleep_watch.h"

#include <memory>
#include <string>

namespace umb {

/// Why the coarse split can't be made either, or "": it needs to be allowed to see what a task sleeps in.
[[nodiscard]] std::string why_no_coarse_split(const HostRoot& root = {});

/// The split where nothing can be traced: CPU time against waiting, and what the tasks slept in as a thread beside them
/// saw it. Changes nothing on the machine.
class CoarseObserver final : public CauseObserver {
 public:
  /// `reason`: why the finer split is not made.
  explicit CoarseObserver(std::string reason, HostRoot root = {})
      : reason_(std::move(reason)), root_(std::move(root)) {}

  Result<void> open(Ledger& ledger) override;
  Result<void> begin(const Case& spec, int64_t worker_pid) override;
  Result<Attribution> end(const Case& spec, const std::vector<Sample>& samples) override;
  Result<void> close() override { return {}; }

 private:
  std::string reason_;
  HostRoot root_;
  std::unique_ptr<SleepWatch> watch_;
};

}  // namespace umb
