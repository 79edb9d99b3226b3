// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/plan.h"
#include "plan/config.h"

#include <string>

namespace umb {

/// The config as it is in effect, one JSON object without white space: the same plan gives the same bytes, in every
/// version that knows the same settings. See expand() for what is in it.
[[nodiscard]] std::string effective_config_json(const Plan& plan, const ConfigGate& gate, bool unprivileged);

}  // namespace umb
