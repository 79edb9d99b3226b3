// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"
#include "app/vm_guests.h"
#include "app/vm_options.h"
#include "base/result.h"
#include "model/plan.h"
#include "vm/boot_matrix.h"
#include "vm/job.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// All that `vm run` is going to do.
struct VmPlan {
  GuestChoice choice;
  Guests guests;
  Plan plan;                           ///< what each guest runs
  std::string config_text;             ///< the config file, which the guest gets
  std::vector<std::string> passed_on;  ///< options of `run` that the guest gets as well
  uint64_t seed = 0;
  std::vector<BootCell> cells;   ///< all of the matrix, in order
  std::vector<BootCell> chosen;  ///< those that --cell and --shard leave
  int64_t boot_estimate_ns = 0;
  int64_t time_limit_ns = 0;  ///< of a boot
  int64_t hello_limit_ns = 0, silence_limit_ns = 0;
};

/// Reads the config, finds kernels and QEMU, makes what guests boot from. `side_by_side`: so many guests must have
/// memory now; 0 when none is to be booted.
[[nodiscard]] Result<VmPlan> vm_plan_of(const Arguments& arguments, int64_t side_by_side);

/// The QEMU command of a cell.
[[nodiscard]] std::vector<std::string> command_of(const VmPlan& plan, const BootCell& cell);
/// What the guest of a cell is to do; its result is kGuestResult among the files that come back.
inline constexpr const char* kGuestResult = "result.json";
[[nodiscard]] Job job_of(const VmPlan& plan, const BootCell& cell);

/// "results/vm-TIME", or "vm-TIME", unless --output says otherwise.
[[nodiscard]] std::string vm_folder(const Arguments& arguments);

/// One JSON object a line: cell, side, kernel (label), spec, release, append, boot, seed, plan (a hash of all that must
/// agree between parts of one matrix: config, options, machine, the kernel's content), estimate_s, accelerator, argv,
/// command (with the console's file in `folder` behind it).
[[nodiscard]] Result<std::string> matrix_lines(const VmPlan& plan, const std::vector<BootCell>& cells,
                                               const std::string& folder);

}  // namespace umb
