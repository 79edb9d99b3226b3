// SPDX-License-Identifier: Apache-2.0
#include "runner/sampler.h"

#include "base/clock.h"

#include <algorithm>
#include <array>

#include <sys/resource.h>

namespace umb {

namespace {

constexpr uint64_t kSettleLimitNs = 20'000'000;

int64_t voluntary_switches() {
  rusage usage{};
  ::getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nvcsw;
}

}  // namespace

SamplerCosts measure_sampler_costs() {
  constexpr size_t kTries = 1001;
  std::array<int64_t, kTries> costs{};
  for (int64_t& cost : costs) {
    const int64_t before = thread_cpu_ns();
    (void)voluntary_switches();
    (void)monotonic_ns();
    (void)monotonic_ns();
    (void)voluntary_switches();
    cost = thread_cpu_ns() - before;
  }
  std::nth_element(costs.begin(), costs.begin() + kTries / 2, costs.end());
  return {.thread_cpu_ns = costs[kTries / 2]};
}

Result<Sample> take_sample(Scenario& scenario, bool watched, const SamplerOptions& options, Random& random) {
  UMB_TRY(scenario.prepare(watched));
  if (options.settle) sleep_ns(static_cast<int64_t>(random.below(kSettleLimitNs)));
  Sample sample;
  sample.watched = watched;

  const int64_t cpu_before_ns = thread_cpu_ns();
  const int64_t switches_before = voluntary_switches();
  const int64_t start_ns = monotonic_ns();
  const CallOutcome outcome = scenario.measure(sample);
  const int64_t stop_ns = monotonic_ns();
  const int64_t switches_after = voluntary_switches();
  const int64_t cpu_after_ns = thread_cpu_ns();

  sample.started_at_ns = outcome.started_at_ns != kMissing ? outcome.started_at_ns : start_ns;
  sample.errno_value = outcome.errno_value;
  if (!watched) {
    sample.return_ns = outcome.return_ns != kMissing ? outcome.return_ns : stop_ns - start_ns;
    const int64_t own_cpu_ns = std::max<int64_t>(0, cpu_after_ns - cpu_before_ns - options.costs.thread_cpu_ns);
    sample.thread_cpu_ns = outcome.thread_cpu_ns != kMissing ? outcome.thread_cpu_ns : own_cpu_ns;
    sample.voluntary_switches =
        outcome.voluntary_switches != kMissing ? outcome.voluntary_switches : switches_after - switches_before;
  }
  UMB_TRY(scenario.conclude(sample));
  return sample;
}

}  // namespace umb
