// SPDX-License-Identifier: Apache-2.0
// What comes before the numbers of a run; not printable yet.
#pragma once

#include "render/run_view.h"

#include <string>
#include <vector>

namespace umb {

/// What makes the numbers doubtful, each thing once.
[[nodiscard]] std::vector<std::string> warning_lines(const RunView& view);

struct RunFact {
  std::string name;  ///< "kernel", "RCU", "machine", "clock", "run", "settle"
  std::string text;
};
/// The machine, and how was measured.
[[nodiscard]] std::vector<RunFact> run_facts(const RunRecord& record);

}  // namespace umb
