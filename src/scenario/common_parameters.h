// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/case.h"
#include "model/plan.h"
#include "model/record.h"
#include "scenario/scenario.h"

#include <cstdint>
#include <vector>

namespace umb {

/// `mode`: how the mount is taken off.
[[nodiscard]] ParameterInfo mode_parameter();
/// `rcu`: the RCU mode during the sample; the runner switches it.
[[nodiscard]] ParameterInfo rcu_parameter();
/// `backing`: where the image of a file system lies.
[[nodiscard]] ParameterInfo backing_parameter();
/// The folder for images of the case's `backing`.
[[nodiscard]] Result<std::string> image_folder(const Case& spec, const Workshop& workshop);
/// What the case's file system needs with its `backing`, or why the two don't go together.
[[nodiscard]] Needs file_system_needs(const Case& spec);

/// umount2's flags for the case's `mode`.
[[nodiscard]] int umount_flags(const Case& spec);

/// The columns every scenario has. `watched`: the second clock needs samples of its own, which count in no other
/// column. `released_reason`, where that clock is read: why its columns have nulls ("" when they have none);
/// `cpu_reason`: the same for CPU time and switches.
[[nodiscard]] std::vector<MetricInfo> common_metrics(const Settings& settings, bool watched,
                                                     const std::string& released_reason,
                                                     const std::string& cpu_reason = "");

/// How long one grace period holds a call up in the case's RCU mode, roughly: 0 where it is expedited.
[[nodiscard]] int64_t grace_period_guess_ns(const Case& spec);

}  // namespace umb
