// SPDX-License-Identifier: Apache-2.0
// For tests of scenarios: samples as the runner takes them.
#pragma once

#include "base/clock.h"
#include "scenario/scenario.h"
#include "scenario/test_case.h"

#include <string>
#include <vector>

namespace umb {

inline Result<Sample> test_sample(Scenario& scenario, bool watched = false) {
  UMB_TRY(scenario.prepare(watched));
  Sample sample;
  sample.watched = watched;
  sample.started_at_ns = monotonic_ns();
  const CallOutcome outcome = scenario.measure(sample);
  if (!watched) sample.return_ns = monotonic_ns() - sample.started_at_ns;
  if (outcome.started_at_ns != kMissing) sample.started_at_ns = outcome.started_at_ns;
  if (outcome.return_ns != kMissing && !watched) sample.return_ns = outcome.return_ns;
  sample.errno_value = outcome.errno_value;
  UMB_TRY(scenario.conclude(sample));
  return sample;
}

/// "" when all checks held; otherwise the first that did not, in its words.
inline std::string test_checks(Scenario& scenario) {
  for (const CheckTally& check : scenario.take_checks()) {
    if (check.failed != 0) return check.name + ": " + check.first_failure;
  }
  return {};
}

}  // namespace umb
