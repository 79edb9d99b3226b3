// SPDX-License-Identifier: Apache-2.0
#include "runner/disturbance.h"

#include "base/clock.h"
#include "base/text.h"
#include "sys/host_cpu.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

namespace umb {

namespace {

struct Shares {
  double foreign = 0;
  double steal = 0;
};

std::string percent(double share) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g %%", share * 100);
  return text.data();
}

/// nullopt when no time went by in the counters.
std::optional<Shares> shares_between(const CpuTicks& begin, const CpuTicks& end, double not_foreign) {
  // idle and iowait may go backwards on some kernels; the others never should.
  const auto grown = [&begin, &end](int64_t CpuTicks::*field) {
    return static_cast<double>(std::max<int64_t>(0, end.*field - begin.*field));
  };
  const double busy = grown(&CpuTicks::user) + grown(&CpuTicks::nice) + grown(&CpuTicks::system) +
                      grown(&CpuTicks::irq) + grown(&CpuTicks::softirq);
  const double steal = grown(&CpuTicks::steal);
  const double total = busy + steal + grown(&CpuTicks::idle) + grown(&CpuTicks::iowait);
  if (total <= 0) return std::nullopt;
  return Shares{std::clamp((busy - not_foreign) / total, 0.0, 1.0), steal / total};
}

}  // namespace

MachineMoment read_machine_moment(const HostRoot& root) {
  return {monotonic_ns(), read_cpu_ticks(root), clock_source(root), read_cpu_users(root)};
}

Disturbance judge_disturbance(const MachineMoment& begin, const MachineMoment& end) {
  Disturbance found;
  std::vector<std::string> reasons;
  std::string missing;
  const auto not_foreign = static_cast<double>(end.users.own_ticks - begin.users.own_ticks +
                                               servant_ticks_between(begin.users.servants, end.users.servants));
  if (end.monotonic_ns - begin.monotonic_ns < kShortestJudgedNs) {
    missing = "the round was too short to tell";
  } else if (!begin.ticks.has_value() || !end.ticks.has_value()) {
    missing = "/proc/stat could not be read";
  } else if (const auto shares = shares_between(*begin.ticks, *end.ticks, not_foreign); shares.has_value()) {
    found.foreign_cpu_share = shares->foreign;
    found.steal_share = shares->steal;
    if (shares->foreign > kForeignCpuShareLimit) {
      reasons.push_back("others used " + percent(shares->foreign) + " of the CPU time (above " +
                        percent(kForeignCpuShareLimit) + ")");
    }
    if (shares->steal > kStealShareLimit) {
      reasons.push_back("the hypervisor took " + percent(shares->steal) + " of the CPU time (above " +
                        percent(kStealShareLimit) + ")");
    }
  } else {
    missing = "/proc/stat did not move";
  }
  if (begin.clock_source.has_value() && end.clock_source.has_value() && begin.clock_source != end.clock_source) {
    reasons.push_back("the clock source changed from " + printable(*begin.clock_source) + " to " +
                      printable(*end.clock_source));
  }
  found.disturbed = !reasons.empty();
  found.reason = found.disturbed ? join(reasons, "; ") : missing;
  return found;
}

}  // namespace umb
