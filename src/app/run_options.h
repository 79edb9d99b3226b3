// SPDX-License-Identifier: Apache-2.0
// The options that say what is measured and how: the same for run and ab.
#pragma once

#include "app/command.h"
#include "base/result.h"
#include "plan/config.h"
#include "plan/expand.h"

#include <string>
#include <vector>

namespace umb {

/// --config with this default, --filter, --rounds, --samples, --time-limit, --settle, --no-released, --seed, --label.
[[nodiscard]] std::vector<OptionInfo> plan_options(const std::string& default_config);

/// --rcu, for what measures under several of them.
[[nodiscard]] OptionInfo rcu_option();

/// --explain, for what makes one result per execution.
[[nodiscard]] OptionInfo explain_option();

/// The config asked for, or the one of that name.
[[nodiscard]] Result<Config> config_of(const Arguments& arguments, const std::string& default_config);
/// What the flags say; kUsage for what can't be right.
[[nodiscard]] Result<Overrides> overrides_of(const Arguments& arguments);

}  // namespace umb
