// SPDX-License-Identifier: Apache-2.0
#include "app/dry_run.h"

#include "app/exit_code.h"
#include "base/file.h"
#include "base/text.h"
#include "runner/estimate.h"

#include <unistd.h>

namespace umb {

Result<int> write_dry_run(const Plan& plan, const Runnable& runnable) {
  const Settings& settings = plan.settings;
  std::string text = "plan " + printable(plan.name) + ": " + std::to_string(runnable.cases.size()) + " of " +
                     std::to_string(plan.cases.size()) + " cases, " + std::to_string(settings.rounds) +
                     (settings.rounds == 1 ? " round" : " rounds") + ", settle=" + settings.settle + ", at most " +
                     std::to_string(settings.samples) + " samples and " + human_duration(settings.time_limit_ns) +
                     " a case and round, seed " + std::to_string(plan.seed) + "\n";
  text += "the cases are measured in blocks, in an order drawn anew for every pass\n\n";
  for (size_t i = 0; i < plan.cases.size(); ++i) {
    const bool skipped = !runnable.reasons[i].empty();
    text += (skipped ? "skip  " : "run   ") + printable(plan.cases[i].id);
    if (skipped) text += "  (" + printable(runnable.reasons[i]) + ")";
    text += "\n";
  }
  text += "\ntime: about " + human_duration(estimate_plan_ns(plan, runnable.cases)) +
          (settings.rounds > 1 ? ", without repeats of disturbed rounds\n" : "\n");
  UMB_TRY(write_all(STDOUT_FILENO, text, "stdout"));
  return runnable.cases.empty() ? kExitUnavailable : kExitDone;
}

}  // namespace umb
