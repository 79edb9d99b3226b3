// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/page.h"
#include "render/run_view.h"

namespace umb {

/// The figures of every measured case.
void add_case_table(const RunView& view, const RenderOptions& options, Page& page);

/// The medians of the phases, a table for each scenario that has some.
void add_phase_tables(const RunView& view, Page& page);

}  // namespace umb
