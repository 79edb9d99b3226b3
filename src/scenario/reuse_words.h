// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/check_tally.h"
#include "scenario/reuse_loop.h"
#include "sys/device_openers.h"
#include "sys/kernel_log.h"

#include <string>
#include <vector>

namespace umb {

/// What is known beside the loop's own outcome.
struct ReuseEvidence {
  std::vector<KernelMessage> kernel;  ///< that mention one of the devices
  bool kernel_log_read = false;
  DeviceOpeners others;  ///< of the device that was mounted last
  bool kept_fd = false;  ///< by us, on purpose
};

/// Those of `messages` that mention one of the devices.
[[nodiscard]] std::vector<KernelMessage> of_devices(const std::vector<KernelMessage>& messages,
                                                    const std::set<std::string>& devices);

/// The checks of one loop: one per step, "not_busy" for EBUSY anywhere, "kernel_log" for what the kernel called an
/// error of one of the devices. Words of a failure begin with its round, and tell what the kernel said, and who else
/// may have had the device open: only where nobody had is it the kernel's.
void note_reuse(const ReuseOutcome& outcome, const ReuseEvidence& evidence, std::vector<CheckTally>& checks);

}  // namespace umb
