// SPDX-License-Identifier: Apache-2.0
#include "testing/attribution_builder.h"

namespace umb {

namespace {

/// Every sample as slow as the one before, and a thousandth of it more.
std::vector<int64_t> rising(size_t samples, int64_t first_ns) {
  std::vector<int64_t> values;
  for (size_t i = 0; i < samples; ++i) values.push_back(first_ns + static_cast<int64_t>(i) * first_ns / 1000);
  return values;
}

void add_up(Attribution& one) {
  one.wall_ns.assign(one.causes[0].values.size(), 0);
  for (const Column& cause : one.causes) {
    for (size_t i = 0; i < one.wall_ns.size(); ++i) one.wall_ns[i] += cause.values[i];
  }
}

int64_t sum_of(const std::vector<int64_t>& values) {
  int64_t sum = 0;
  for (const int64_t value : values) sum += value;
  return sum;
}

Attribution empty_attribution(const std::string& case_id, const std::string& method) {
  Attribution one;
  one.case_id = case_id;
  one.method = method;
  return one;
}

}  // namespace

Attribution traced_attribution(const std::string& case_id) {
  constexpr size_t kSamples = 30;
  Attribution one = empty_attribution(case_id, "traced");
  one.causes = {
      {"grace_period", rising(kSamples, 13'700'000)},        {"locks", std::vector<int64_t>(kSamples, 800)},
      {"take_off", std::vector<int64_t>(kSamples, 11'000)},  {"sync", std::vector<int64_t>(kSamples, 0)},
      {"shut_down", std::vector<int64_t>(kSamples, 46'000)}, {"deferred_work", std::vector<int64_t>(kSamples, 9'000)},
      {"rest", std::vector<int64_t>(kSamples, 29'000)}};
  add_up(one);
  one.grace_period_waits.assign(kSamples, 1);
  one.deferred_grace_periods.assign(kSamples, 0);
  one.voluntary_switches.assign(kSamples, 1);
  const int64_t waited_ns = sum_of(one.causes[0].values);
  one.waits = {{"synchronize_rcu_expedited", "normal", kSamples, waited_ns}};
  one.calls = {{"umount2", kSamples, sum_of(one.wall_ns), waited_ns, kSamples}};
  one.missing = {"locks: rwsem_down_write_slowpath is not there, so that waits for namespace_sem count as take-off"};
  one.dropped_samples = 2;
  one.lost_events = 41;
  one.floor_ns = 1'300;
  return one;
}

Attribution deferring_attribution(const std::string& case_id) {
  constexpr size_t kSamples = 20;
  Attribution one = empty_attribution(case_id, "traced");
  one.causes = {{"take_off", std::vector<int64_t>(kSamples, 12'000)},
                {"shut_down", rising(kSamples, 61'000)},
                {"rest", std::vector<int64_t>(kSamples, 27'000)}};
  add_up(one);
  one.grace_period_waits.assign(kSamples, 0);
  one.deferred_grace_periods.assign(kSamples, 1);
  one.voluntary_switches.assign(kSamples, 0);
  one.calls = {{"umount2", kSamples, sum_of(one.wall_ns), 0, 0}};
  one.floor_ns = 1'300;
  return one;
}

Attribution coarse_attribution(const std::string& case_id) {
  constexpr size_t kSamples = 10;
  Attribution one = empty_attribution(case_id, "coarse");
  one.reason = "this kernel has no kprobes";
  one.causes = {{"grace_period", rising(kSamples, 7'900'000)},
                {"on_cpu", std::vector<int64_t>(kSamples, 51'000)},
                {"unknown", std::vector<int64_t>(kSamples, 110'000)}};
  add_up(one);
  one.voluntary_switches.assign(kSamples, 1);
  one.waits = {{"synchronize_rcu_normal", "grace_period", 79, 0}, {"", "unknown", 1, 0}};
  return one;
}

Attribution counted_attribution(const std::string& case_id, int64_t waits, int64_t deferred, size_t samples) {
  Attribution one = empty_attribution(case_id, "traced");
  one.causes = {{waits > 0 ? "grace_period" : "rest", std::vector<int64_t>(samples, 40'000)}};
  add_up(one);
  one.grace_period_waits.assign(samples, waits);
  one.deferred_grace_periods.assign(samples, deferred);
  if (waits > 0) {
    const auto count = static_cast<int64_t>(samples) * waits;
    one.waits = {{"synchronize_rcu_expedited", "expedited", count, count * 39'000}};
  }
  return one;
}

}  // namespace umb
