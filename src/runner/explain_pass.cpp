// SPDX-License-Identifier: Apache-2.0
#include "runner/explain_pass.h"

#include "model/case.h"

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace umb {

namespace {

BlockRequest request_of(size_t index, uint32_t count) {
  return {.case_index = static_cast<uint32_t>(index), .count = count, .limit_ns = ExplainPass::kCaseLimitNs};
}

Attribution unexplained(const Case& spec, const std::string& reason) {
  Attribution made;
  made.case_id = spec.id;
  made.reason = reason;
  return made;
}

Result<Attribution> explain_case(const ExplainPass& pass, size_t index) {
  const Case& spec = pass.plan.cases[index];
  // Sets the case up and takes its first, slower samples: not under the observer's eyes.
  UMB_ASSIGN(const BlockResult warm, pass.executor.run_block(request_of(index, ExplainPass::kWarmupSamples)));
  if (!warm.error.empty()) return unexplained(spec, warm.error);
  const Result<void> begun = pass.observer.begin(spec, pass.worker_pid());
  if (!begun.has_value()) return unexplained(spec, begun.error().text());
  const Result<BlockResult> taken = pass.executor.run_block(request_of(index, ExplainPass::kSamples));
  Result<Attribution> seen = pass.observer.end(spec, taken.has_value() ? taken->samples : std::vector<Sample>{});
  if (!taken.has_value()) return Failure(taken.error());
  if (!taken->error.empty()) return unexplained(spec, taken->error);
  if (!seen.has_value()) return unexplained(spec, seen.error().text());
  return seen;
}

void add(const ExplainPass& pass, Attribution made, RunRecord& record) {
  pass.listener.case_explained(made);
  record.attributions.push_back(std::move(made));
}

Result<void> explain_open(const ExplainPass& pass, const std::vector<size_t>& measured, RunRecord& record) {
  for (size_t done = 0; done < measured.size() && !pass.stop.requested(); ++done) {
    const Case& spec = pass.plan.cases[measured[done]];
    pass.listener.explaining(spec, static_cast<double>(done) / static_cast<double>(measured.size()));
    UMB_TRY(pass.rcu.set(spec.value("rcu")));
    Result<Attribution> made = explain_case(pass, measured[done]);
    if (!made.has_value()) {
      if (made.error().errno_value != ECHILD) return Failure(made.error());
      made = unexplained(spec, made.error().text());
      UMB_TRY(pass.executor.restart());
    }
    add(pass, std::move(*made), record);
  }
  return {};
}

}  // namespace

Result<void> explain_cases(const ExplainPass& pass, const std::vector<size_t>& runnable, Ledger& ledger,
                           RunRecord& record) {
  std::vector<size_t> measured;
  std::ranges::copy_if(runnable, std::back_inserter(measured),
                       [&](size_t index) { return record.cases[index].outcome == "measured"; });
  const Result<void> opened = pass.observer.open(ledger);
  Result<void> explained;
  if (opened.has_value()) {
    explained = explain_open(pass, measured, record);
  } else {
    const Warning warning{"not_explained", "there was no second pass: " + opened.error().text(), ""};
    pass.listener.warned(warning);
    record.warnings.push_back(warning);
    for (const size_t index : measured) add(pass, unexplained(pass.plan.cases[index], opened.error().text()), record);
  }
  // Also after an open() that failed half-way.
  const Result<void> closed = pass.observer.close();
  return explained.has_value() ? closed : explained;
}

}  // namespace umb
