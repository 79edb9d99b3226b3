// SPDX-License-Identifier: Apache-2.0
// How much the rest of the machine took part in a round. The rule looks at the machine only, never at what was
// measured, and is the same for every side of a comparison.
#pragma once

#include "sys/cpu_users.h"
#include "sys/host_file.h"
#include "sys/host_stat.h"

#include <cstdint>
#include <optional>
#include <string>

namespace umb {

/// Above these a round is called disturbed.
inline constexpr double kForeignCpuShareLimit = 0.05;
inline constexpr double kStealShareLimit = 0.01;
/// /proc/stat counts in ticks of 10 ms: in a shorter round the shares would be guesses.
inline constexpr int64_t kShortestJudgedNs = 200'000'000;

/// The machine at one moment. Taken before a round's first sample and after its last.
struct MachineMoment {
  int64_t monotonic_ns = 0;
  std::optional<CpuTicks> ticks;
  std::optional<std::string> clock_source;
  CpuUsers users;
};
/// Reads /proc/stat and every process's: some ms, so never between two samples.
[[nodiscard]] MachineMoment read_machine_moment(const HostRoot& root);

struct Disturbance {
  std::optional<double> foreign_cpu_share;  ///< CPU time used by others, as a share of all CPUs' time
  std::optional<double> steal_share;        ///< time the hypervisor gave to others
  bool disturbed = false;
  std::string reason;  ///< "others used 12 % of the CPU time (above 5 %)"; why a share is missing when not disturbed
};

/// This process and all below it (the sandbox with everything in it, a guest) are not others. Neither are kernel
/// threads that serve whoever needs them (sys/cpu_users.h): the kernel does not say for whom they work, and a loop
/// device's worker alone may use more than 5 % for the run itself.
[[nodiscard]] Disturbance judge_disturbance(const MachineMoment& begin, const MachineMoment& end);

}  // namespace umb
