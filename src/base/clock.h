// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ctime>
#include <string>

namespace umb {

/// CLOCK_MONOTONIC in ns: the only clock that times anything here.
[[nodiscard]] inline int64_t monotonic_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

/// CPU time of the calling thread in ns (CLOCK_THREAD_CPUTIME_ID; some 0.4 us a read, so never inside a stopwatch).
[[nodiscard]] inline int64_t thread_cpu_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

/// Sleep for `duration_ns`; a signal ends it early.
void sleep_ns(int64_t duration_ns);

/// The present time as RFC 3339 in UTC with ms: "2025-04-08T12:00:00.123Z".
[[nodiscard]] std::string utc_now();
/// The present time for file names: "20250408T120000Z".
[[nodiscard]] std::string utc_stamp();

struct ClockFacts {
  int64_t resolution_ns = 0;  ///< clock_getres
  int64_t overhead_ns = 0;    ///< median of back-to-back reads
};
/// Reads the clock some thousand times.
[[nodiscard]] ClockFacts measure_clock();

}  // namespace umb
