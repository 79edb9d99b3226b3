// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace umb {

namespace {

tm utc_parts(const timespec& now) {
  tm parts{};
  ::gmtime_r(&now.tv_sec, &parts);
  return parts;
}

}  // namespace

void sleep_ns(int64_t duration_ns) {
  if (duration_ns <= 0) return;
  const timespec wanted{duration_ns / 1'000'000'000, duration_ns % 1'000'000'000};
  ::clock_nanosleep(CLOCK_MONOTONIC, 0, &wanted, nullptr);
}

std::string utc_now() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const tm parts = utc_parts(now);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, static_cast<int>(now.tv_nsec / 1'000'000));
  return text.data();
}

std::string utc_stamp() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const tm parts = utc_parts(now);
  std::array<char, 32> text{};
  ::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts);
  return text.data();
}

ClockFacts measure_clock() {
  timespec resolution{};
  ::clock_getres(CLOCK_MONOTONIC, &resolution);
  constexpr size_t kReads = 2001;
  std::array<int64_t, kReads> reads{};
  for (int64_t& read : reads) {
    const int64_t before = monotonic_ns();
    read = monotonic_ns() - before;
  }
  std::nth_element(reads.begin(), reads.begin() + kReads / 2, reads.end());
  return {static_cast<int64_t>(resolution.tv_sec) * 1'000'000'000 + resolution.tv_nsec, reads[kReads / 2]};
}

}  // namespace umb
