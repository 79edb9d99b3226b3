// SPDX-License-Identifier: Apache-2.0
// Boots the cells of a plan, and keeps what comes of each.
#pragma once

#include "app/vm_plan.h"
#include "base/result.h"
#include "sys/stop_flag.h"
#include "vm/boot.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

struct BootsOptions {
  std::string folder;
  int64_t jobs = 1;
  bool repeat_disturbed = true;
  std::string session;
  bool progress_line = false;  ///< one line that is written over (a terminal)
};

struct CellEnd {
  const BootCell* cell = nullptr;
  BootHow how = BootHow::kDone;
  int exit_code = 0;   ///< of the guest's run, for kDone
  std::string reason;  ///< why it is not kDone
  int64_t wall_ns = 0;
  bool disturbed = false;
};

/// Boots the cells in order, `jobs` side by side; then, once each, those that the host disturbed, whose result is kept
/// only if that was calmer. What a boot that broke off had measured stays as a journal beside where its result would
/// be. An error when something could not be written or QEMU could not be started; the other boots are not begun then.
[[nodiscard]] Result<std::vector<CellEnd>> boot_all(const VmPlan& plan, const std::vector<BootCell>& cells,
                                                    const BootsOptions& options, const StopFlag& stop);

}  // namespace umb
