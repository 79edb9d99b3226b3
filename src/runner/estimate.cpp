// SPDX-License-Identifier: Apache-2.0
#include "runner/estimate.h"

#include "runner/case_progress.h"
#include "runner/explain_pass.h"
#include "scenario/scenario.h"

#include <algorithm>
#include <set>

namespace umb {

namespace {

constexpr int64_t kMeanSettleNs = 10'000'000;
constexpr int64_t kWorkerStartNs = 100'000'000;
constexpr int64_t kNormalProbeNs = 300'000'000;
constexpr int64_t kObserverNs = 4'000'000'000;    ///< probes set and removed again, a grace period each
constexpr int64_t kObservedCaseNs = 200'000'000;  ///< a trace emptied and read
constexpr int64_t kRunStartNs = 500'000'000;      ///< namespaces, environment, images

int64_t estimate_sample_ns(const Plan& plan, const Case& spec) {
  return sample_guess_ns(plan, spec) + (plan.settings.settle == "random" ? kMeanSettleNs : 0);
}

int64_t estimate_case_ns(const Plan& plan, const Case& spec) {
  const Settings& settings = plan.settings;
  const ScenarioEntry& scenario = *find_scenario(spec.scenario);
  if (is_long(plan, spec)) return sample_guess_ns(plan, spec);
  const int64_t sample_ns = estimate_sample_ns(plan, spec);
  const bool watched = settings.released && scenario.needs_watch(spec) && settings.watched_share < 1;
  const double with_watched = watched ? 1 / (1 - settings.watched_share) : 1;
  const auto measuring_ns = static_cast<int64_t>(static_cast<double>(settings.samples * sample_ns) * with_watched);
  const int64_t wanted_warmup_ns = std::max(CaseProgress::kWarmupSamples * sample_ns, CaseProgress::kWarmupNs);
  const int64_t warmup_ns = std::min(wanted_warmup_ns, std::max(sample_ns, settings.time_limit_ns / 4));
  const int64_t latest_ns = std::min(warmup_ns + measuring_ns, std::max(settings.time_limit_ns, 2 * sample_ns));
  // The interval of the median may end it from half of the time limit on; nobody knows when.
  const int64_t earliest_ns = std::min(latest_ns, settings.time_limit_ns / 2);
  return (earliest_ns + latest_ns) / 2;
}

}  // namespace

int64_t sample_guess_ns(const Plan& plan, const Case& spec) {
  Case as_it_runs = spec;
  for (Parameter& parameter : as_it_runs.parameters) {
    const bool as_found = parameter.name == "rcu" && parameter.value == "as-found";
    if (as_found && plan.as_found_is_normal) parameter.value = "normal";
  }
  return find_scenario(spec.scenario)->estimate_ns(as_it_runs);
}

bool is_long(const Plan& plan, const Case& spec) {
  return sample_guess_ns(plan, spec) > kLongSampleNs;
}

int64_t estimate_plan_ns(const Plan& plan, const std::vector<size_t>& runnable) {
  int64_t round_ns = kWorkerStartNs;
  std::set<std::string> modes;
  for (const size_t index : runnable) {
    round_ns += estimate_case_ns(plan, plan.cases[index]);
    modes.insert(plan.cases[index].value("rcu"));
  }
  if (modes.contains("normal")) round_ns += kNormalProbeNs;
  return runnable.empty() ? 0 : kRunStartNs + plan.settings.rounds * round_ns;
}

int64_t estimate_explain_ns(const Plan& plan, const std::vector<size_t>& runnable) {
  int64_t pass_ns = runnable.empty() ? 0 : kObserverNs;
  for (const size_t index : runnable) {
    const int64_t sample_ns = estimate_sample_ns(plan, plan.cases[index]);
    for (const int64_t samples : {ExplainPass::kWarmupSamples, ExplainPass::kSamples}) {
      pass_ns += std::min(samples * sample_ns, std::max(ExplainPass::kCaseLimitNs, sample_ns));
    }
    pass_ns += kObservedCaseNs;
  }
  return pass_ns;
}

}  // namespace umb
