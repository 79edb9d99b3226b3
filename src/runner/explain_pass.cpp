// SPDX-License-Identifier: Apache-2.0
#include "runner/explain_pass.h"

#include "model/case.h"

#include <cerrno>

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

}  // namespace

Result<void> explain_cases(const ExplainPass& pass, const std::vector<size_t>& runnable, RunRecord& record) {
  for (const size_t index : runnable) {
    if (pass.stop.requested()) return {};
    if (record.cases[index].outcome != "measured") continue;
    const Case& spec = pass.plan.cases[index];
    UMB_TRY(pass.rcu.set(spec.value("rcu")));
    Result<Attribution> made = explain_case(pass, index);
    if (!made.has_value()) {
      if (made.error().errno_value != ECHILD) return Failure(made.error());
      made = unexplained(spec, made.error().text());
      UMB_TRY(pass.executor.restart());
    }
    record.attributions.push_back(std::move(*made));
  }
  return {};
}

}  // namespace umb
