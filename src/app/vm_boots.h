// SPDX-License-Identifier: Apache-2.0
// Boots the cells of a plan, and keeps what comes of each.
#pragma once

#include "app/vm_plan.h"
#include "base/result.h"
#include "runner/disturbance.h"
#include "sys/stop_flag.h"
#include "vm/boot.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace umb {

/// run_boot(), or what stands in for it.
using BootMaker = std::function<Result<BootEnd>(const BootRequest&, const StopFlag&, BootListener&)>;

/// What the host was like since a moment.
using HostJudge = std::function<Disturbance(const MachineMoment& since)>;
[[nodiscard]] Disturbance judge_host(const MachineMoment& since);

struct BootsOptions {
  std::string folder;
  int64_t jobs = 1;
  bool repeat_disturbed = true;
  std::string session;
  bool progress_line = false;  ///< one line that is written over (a terminal)
  BootMaker make_boot = run_boot;
  HostJudge judge = judge_host;
};

struct CellEnd {
  const BootCell* cell = nullptr;
  BootHow how = BootHow::kDone;
  int exit_code = 0;   ///< of the guest's run, for kDone
  std::string reason;  ///< why it is not kDone
  int64_t wall_ns = 0;
  bool disturbed = false;
};

struct BootsEnd {
  std::vector<CellEnd> cells;  ///< in the order in which they were asked for
  Result<void> went;  ///< something could not be written, or QEMU not be started: what was to come was not begun
};

/// Boots the cells in order, `jobs` side by side; then, once each, those that the host disturbed: such a second result
/// takes the place of the first only if nothing disturbed it and it failed in no more. What a boot that broke off had
/// measured stays as a journal.
[[nodiscard]] BootsEnd boot_all(const VmPlan& plan, const std::vector<BootCell>& cells, const BootsOptions& options,
                                const StopFlag& stop);

}  // namespace umb
