// SPDX-License-Identifier: Apache-2.0
// The second step from a config to a plan: what its words mean, with the flags applied. Whether a case can run on this
// machine is not asked here.
#pragma once

#include "base/result.h"
#include "model/case.h"
#include "model/plan.h"
#include "plan/config.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace umb {

/// The flags of `run` that win over the config. Ranges and words are checked by expand().
struct Overrides {
  std::optional<std::string> filter;  ///< a regular expression: only cases whose id it is found in are kept
  std::vector<std::string> rcu;       ///< not empty: these modes take the place of every case's own
  std::optional<int64_t> rounds;
  std::optional<int64_t> samples;
  std::optional<std::string> time_limit;  ///< "5s"
  std::optional<std::string> settle;
  std::optional<bool> released;
  std::optional<uint64_t> seed;
  uint64_t drawn_seed = 0;  ///< the caller's random number, used when neither flag nor config gives a seed
  std::string label;
  bool unprivileged = false;  ///< every case runs as-found once; it does not drop what needs root (that is preflight's)
};

/// Whether it can be a --label: one line, not too long. kUsage.
[[nodiscard]] Result<void> check_label(const std::string& label);

/// Every error is kUsage: a scenario, parameter, value or RCU mode that isn't known (nearest known one), a value out of
/// range, a case that comes up twice, over kMaxCases cases, a filter that is no regular expression or matches nothing,
/// a gate that matches no case of the config, `rcu` other than as-found with `unprivileged`.
///
/// Where the flags make two cases the same (an RCU mode in place of two others), it is kept once, where it first came
/// up.
///
/// Plan::config_json is the config as it is in effect: name, unprivileged, every setting, the gate and the case ids, in
/// this order, numbers in ns and shares. Seed and label are not in it: two runs of one plan differ in them.
[[nodiscard]] Result<Plan> expand(const Config& config, const Overrides& overrides,
                                  const std::vector<ScenarioInfo>& scenarios);

}  // namespace umb
