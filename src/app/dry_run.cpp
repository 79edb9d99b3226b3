// SPDX-License-Identifier: Apache-2.0
#include "app/dry_run.h"

#include "app/exit_code.h"
#include "base/file.h"
#include "base/text.h"
#include "compare/compare.h"
#include "plan/case_filter.h"
#include "result/plan_facts.h"
#include "runner/estimate.h"

#include <algorithm>

#include <unistd.h>

namespace umb {

namespace {

/// What a comparison of such runs can tell: how many gated tests there are, and how many an exact one carries.
std::string gate_in_words(const Plan& plan) {
  const std::optional<Gate> gate = plan_facts(plan.config_json).gate;
  if (!gate.has_value()) return {};
  const Result<CaseFilter> filter = CaseFilter::compile(gate->cases);
  if (!filter.has_value()) return {};
  const auto cases = std::ranges::count_if(plan.cases, [&](const Case& one) { return filter->matches(one.id); });
  if (plan.in_pairs) {
    return "gate: " + std::to_string(static_cast<size_t>(cases) / 2 * gate->quantiles.size()) +
           " tests (pairs of cases times quantiles), judged as pairs of rounds\n";
  }
  std::vector<std::string> carried;
  for (const size_t boots : {5, 6, 7, 8}) {
    carried.push_back(std::to_string(family_carried(boots, 0.05)) + " at " + std::to_string(boots));
  }
  return "gate: " + std::to_string(static_cast<size_t>(cases) * gate->quantiles.size()) +
         " tests (cases times quantiles) in a comparison of two kernels; exact ones carry " + join(carried, ", ") +
         " boots a side, beyond that Welch's t stands in\n";
}

}  // namespace

Result<int> write_dry_run(const Plan& plan, const Runnable& runnable, bool explained) {
  const Settings& settings = plan.settings;
  std::string text = "plan " + printable(plan.name) + ": " + std::to_string(runnable.cases.size()) + " of " +
                     std::to_string(plan.cases.size()) + " cases, " + std::to_string(settings.rounds) +
                     (settings.rounds == 1 ? " round" : " rounds") + ", settle=" + settings.settle + ", at most " +
                     std::to_string(settings.samples) + " samples and " + human_duration(settings.time_limit_ns) +
                     " a case and round, seed " + std::to_string(plan.seed) + "\n";
  text +=
      plan.in_pairs
          ? "each pair of cases is measured block by block, A B B A, pairs in an order drawn anew for every pass\n\n"
          : "the cases are measured in blocks, in an order drawn anew for every pass\n\n";
  for (size_t i = 0; i < plan.cases.size(); ++i) {
    const bool skipped = !runnable.reasons[i].empty();
    text += (skipped ? "skip  " : "run   ") + printable(plan.cases[i].id);
    if (skipped) text += "  (" + printable(runnable.reasons[i]) + ")";
    text += "\n";
  }
  const int64_t explain_ns = explained ? estimate_explain_ns(plan, runnable.cases) : 0;
  text += "\ntime: about " + human_duration(estimate_plan_ns(plan, runnable.cases) + explain_ns) +
          (explained ? " with the second pass" : "") +
          (settings.rounds > 1 ? ", without repeats of disturbed rounds\n" : "\n");
  text += gate_in_words(plan);
  UMB_TRY(write_all(STDOUT_FILENO, text, "stdout"));
  return runnable.cases.empty() ? kExitUnavailable : kExitDone;
}

}  // namespace umb
