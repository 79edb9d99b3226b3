// SPDX-License-Identifier: Apache-2.0
#include "runner/case_checks.h"

#include "base/result.h"
#include "base/text.h"

namespace umb {

namespace {

Check check_of(const std::string& name, size_t failed, size_t all, const std::string& what) {
  if (failed == 0) return {name, "passed", ""};
  return {name, "failed", what + " (" + std::to_string(failed) + " of " + std::to_string(all) + " samples)"};
}

Check check_of(const CheckTally& tally) {
  if (tally.failed == 0) return {tally.name, "passed", ""};
  return {
      tally.name, "failed",
      tally.first_failure + " (" + std::to_string(tally.failed) + " of " + std::to_string(tally.looked) + " looks)"};
}

}  // namespace

void judge_case(CaseRecord& record, const CaseTally& tally, int64_t release_limit_ns) {
  if (record.outcome != "measured") return;
  const Series& samples = record.samples;
  size_t kept = 0;
  size_t failed = 0;
  int32_t last_errno = 0;
  for (size_t i = 0; i < samples.size(); ++i) {
    if (samples.warmup[i] != 0) continue;
    ++kept;
    if (samples.errno_value[i] == 0) continue;
    ++failed;
    last_errno = samples.errno_value[i];
  }
  record.checks.push_back(check_of("call", failed, kept, "the call failed: " + errno_text(last_errno)));
  if (tally.looked > 0) {
    record.checks.push_back(check_of("released", tally.not_released, tally.looked,
                                     "not released within " + human_duration(release_limit_ns)));
  }
  for (const CheckTally& own : tally.checks) record.checks.push_back(check_of(own));
  if (kept > 0 && failed == kept) {
    record.outcome = "failed";
    record.reason = "every sample failed: " + errno_text(last_errno);
  }
}

}  // namespace umb
