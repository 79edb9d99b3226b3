// SPDX-License-Identifier: Apache-2.0
// What several pages have.
#pragma once

#include "model/record.h"
#include "render/html_page.h"

#include <string>
#include <vector>

namespace umb {

/// A list of them, each called a warning.
void add_warnings(const std::vector<std::string>& lines, HtmlPage& page);
/// The machine, and how was measured.
void add_run_facts(const RunRecord& record, HtmlPage& page);

}  // namespace umb
