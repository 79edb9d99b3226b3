// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/page.h"
#include "render/run_view.h"

namespace umb {

/// What comes before the numbers: what makes them doubtful, then the machine and how was measured.
void add_warnings(const RunView& view, Page& page);
void add_machine(const RunRecord& record, Page& page);

}  // namespace umb
