// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/facts.h"
#include "model/record.h"
#include "sys/rcu_probe.h"

#include <map>
#include <string>
#include <vector>

namespace umb {

/// From here on a wait is taken for a normal grace period, below it for an expedited one or none.
inline constexpr int64_t kNormalGracePeriodNs = 1'000'000;

/// The probes of each RCU mode as facts, "normal_fuse_umount_ns" and so on; null where a probe says nothing.
[[nodiscard]] Facts probe_facts(const std::map<std::string, RcuProbe>& probes);

/// A warning "rcu_mode_not_confirmed" for each mode that did not show what it should, with the likely reason. Never
/// more than a warning: a kernel that needs no grace period here may be the very thing under test.
[[nodiscard]] std::vector<Warning> confirm_rcu_modes(const std::map<std::string, RcuProbe>& probes,
                                                     const Facts& environment);

}  // namespace umb
