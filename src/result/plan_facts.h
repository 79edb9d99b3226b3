// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/digest.h"

#include <string>

namespace umb {

/// What a result's config (record.run.config_json) says, as far as a comparison asks. Never fails: a config that is no
/// object, or keys of another type than ours, give less.
[[nodiscard]] PlanFacts plan_facts(const std::string& config_json);

}  // namespace umb
