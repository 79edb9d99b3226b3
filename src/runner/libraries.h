// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/facts.h"

namespace umb {

/// The libraries that a figure may depend on, with their versions.
[[nodiscard]] Facts library_versions();

}  // namespace umb
